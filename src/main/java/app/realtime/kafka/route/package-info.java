/** What becomes of a topic's records: which event, for which rooms. */
package app.realtime.kafka.route;
