package app.realtime.kafka;

import app.realtime.events.InvalidEventException;
import app.realtime.events.PushEvent;
import app.realtime.json.JsonReader;
import app.realtime.json.MalformedJsonException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event of a record and hands it on. Never throws: a record that cannot be used is logged, counted and passed
 * over, because an exception would end the stream for all records behind it. Thread-safe.
 */
final class RecordProcessor {

    /** As much as the HTTP API takes. Brokers refuse larger records too, unless configured otherwise. */
    static final int MAX_BYTES = 1024 * 1024;

    private final JsonReader json = new JsonReader();
    private final Consumer<PushEvent> publisher;
    private final PassedOverLog log;
    private final RecordObserver observer;
    private final FailureLog observerLog =
            new FailureLog("Kafka records are not counted, but delivered; said once, later ones at debug level");

    RecordProcessor(Consumer<PushEvent> publisher, PassedOverLog log, RecordObserver observer) {
        this.publisher = publisher;
        this.log = log;
        this.observer = observer;
    }

    /** Processes one record of a channel; records of a partition are to be given in order, one after the other. */
    void process(Channel channel, ConsumerRecord<?, byte[]> record) {
        Outcome outcome = deliver(channel, record);
        try {
            observer.record(record.topic(), outcome);
        } catch (RuntimeException e) {
            observerLog.failed(e);
        }
    }

    private Outcome deliver(Channel channel, ConsumerRecord<?, byte[]> record) {
        try {
            publisher.accept(read(channel, record.value()));
            return Outcome.DELIVERED;
        } catch (MalformedJsonException | InvalidEventException | UnusableValueException e) {
            log.invalid(record, e.getMessage());
            return Outcome.INVALID;
        } catch (RuntimeException | StackOverflowError e) {
            log.failed(record, e);
            return Outcome.FAILED;
        }
    }

    private PushEvent read(Channel channel, byte[] value)
            throws MalformedJsonException, InvalidEventException, UnusableValueException {
        if (value == null) {
            throw new UnusableValueException("it has no value (a tombstone)");
        }
        if (value.length > MAX_BYTES) {
            throw new UnusableValueException(
                    "its value has %d bytes, more than the %d allowed".formatted(value.length, MAX_BYTES));
        }
        return channel.reader().read(json.read(value));
    }

    /** A value that is not worth parsing. */
    private static final class UnusableValueException extends Exception {

        UnusableValueException(String message) {
            super(message);
        }
    }
}
