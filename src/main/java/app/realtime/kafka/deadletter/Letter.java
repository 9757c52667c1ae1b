package app.realtime.kafka.deadletter;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A dead letter on its way. @param kept completes when the brokers have it */
record Letter(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> kept) {

    /** The same without its value, which was too large. It is still in the topic that it came from. */
    Letter withoutValue() {
        ProducerRecord<byte[], byte[]> smaller =
                new ProducerRecord<>(record.topic(), null, null, record.key(), null, record.headers());
        LetterHeaders.add(smaller.headers(), LetterHeaders.OMITTED, Integer.toString(record.value().length));
        return new Letter(smaller, kept);
    }

    boolean hasValue() {
        return record.value() != null;
    }
}
