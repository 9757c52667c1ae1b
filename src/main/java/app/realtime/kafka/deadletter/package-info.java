/** Records that could not be delivered: where they are kept, and how they are sent through again. */
package app.realtime.kafka.deadletter;
