/** Events that come in by Kafka: four topics, each read by its own consumer, validated and handed to their rooms. */
package app.realtime.kafka;
