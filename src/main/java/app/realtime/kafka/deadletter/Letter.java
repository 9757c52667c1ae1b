package app.realtime.kafka.deadletter;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter on its way.
 *
 * @param number the order in which letters were put aside
 * @param kept completes when the brokers have it; cancelled if that is not wanted any more
 */
record Letter(long number, ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> kept)
        implements Comparable<Letter> {

    /**
     * The same without its value, which was too large; or where it has none, without its key and the record's own headers.
     * All of them are still in the topic that it came from.
     */
    Letter smaller() {
        if (record.value() == null) {
            return new Letter(
                    number,
                    new ProducerRecord<>(record.topic(), null, null, null, null, LetterHeaders.story(record.headers())),
                    kept);
        }
        ProducerRecord<byte[], byte[]> smaller =
                new ProducerRecord<>(record.topic(), null, null, record.key(), null, record.headers());
        LetterHeaders.add(smaller.headers(), LetterHeaders.OMITTED, Integer.toString(record.value().length));
        return new Letter(number, smaller, kept);
    }

    @Override
    public int compareTo(Letter other) {
        return Long.compare(number, other.number);
    }
}
