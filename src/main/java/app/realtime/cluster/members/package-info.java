/** Which instances of this service there are, and what they tell each other beside the events of their clients. */
package app.realtime.cluster.members;
