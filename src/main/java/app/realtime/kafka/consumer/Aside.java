package app.realtime.kafka.consumer;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records that could not be delivered. Thread-safe. */
@FunctionalInterface
public interface Aside {

    /**
     * Puts a record aside; returns at once.
     *
     * @return completes when it is where it can be found again: who takes it goes on trying. To be cancelled when that is
     *     not wanted any more
     */
    CompletableFuture<Void> put(ConsumerRecord<byte[], byte[]> record, Handling.Rejected why);
}
