package app.realtime.kafka.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Processes records. Called by several threads at a time, but for the records of a partition one after the other. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * Processes one record and returns when it has been handed on. Must not throw. A thread that takes too long is
     * interrupted.
     */
    Handling handle(ConsumerRecord<byte[], byte[]> record);
}
