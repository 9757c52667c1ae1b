/**
 * Reads partitions and hands their records on, at least once and in order: a loop owns the consumer, a lane each
 * partition's records. What a record means, and where it goes when it cannot be delivered, is for others to say.
 */
package app.realtime.kafka.consumer;
