/** Events that come in by Kafka: read, made into events, handed to their rooms, and put aside when that fails. */
package app.realtime.kafka;
