package app.realtime.kafka;

import app.realtime.events.InvalidEventException;
import app.realtime.events.Publication;
import app.realtime.events.PushEvent;
import app.realtime.json.JsonReader;
import app.realtime.json.MalformedJsonException;
import app.realtime.kafka.consumer.Handling;
import app.realtime.kafka.consumer.Handling.Delivered;
import app.realtime.kafka.consumer.Handling.Rejected;
import app.realtime.kafka.consumer.Outcome;
import app.realtime.kafka.consumer.RecordHandler;
import app.realtime.kafka.route.RecordContent;
import app.realtime.kafka.route.Route;
import app.realtime.kafka.route.Routes;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** Makes an event of a record, as its topic's route says, and hands it to its rooms. Thread-safe. */
final class RecordProcessor implements RecordHandler {

    /** As much as the HTTP API takes. Brokers refuse larger records too, unless configured otherwise. */
    static final int MAX_BYTES = 1024 * 1024;

    private final JsonReader json = new JsonReader();
    private final Routes routes;
    private final Function<PushEvent, Publication> publisher;
    private final BroadcastSpans spans;
    private final RejectionLog log;

    RecordProcessor(Routes routes, Function<PushEvent, Publication> publisher, BroadcastSpans spans, RejectionLog log) {
        this.routes = routes;
        this.publisher = publisher;
        this.spans = spans;
        this.log = log;
    }

    @Override
    public Handling handle(ConsumerRecord<byte[], byte[]> record) {
        try {
            Route route = routes.of(record.topic())
                    .orElseThrow(() -> new IllegalStateException("There is no route for " + record.topic()));
            RecordContent content = new RecordContent(record, read(record.value()));
            PushEvent event = route.reader().read(content);
            return new Delivered(
                    spans.around(content, event, () -> publisher.apply(event)).recipients());
        } catch (MalformedJsonException | UnusableValueException e) {
            return rejected(record, Outcome.MALFORMED, e);
        } catch (InvalidEventException e) {
            return rejected(record, Outcome.INVALID, e);
        } catch (RuntimeException | Error e) {
            // Errors too: a record that overflows the stack or the memory must not stop those behind it.
            log.failed(record, e);
            return new Rejected(Outcome.FAILED, e.getClass().getName() + "; the service's log has the cause");
        }
    }

    private Rejected rejected(ConsumerRecord<?, ?> record, Outcome why, Exception problem) {
        log.invalid(record, problem.getMessage());
        return new Rejected(why, problem.getMessage());
    }

    private JsonNode read(byte[] value) throws MalformedJsonException, UnusableValueException {
        if (value == null) {
            throw new UnusableValueException("it has no value (a tombstone)");
        }
        if (value.length > MAX_BYTES) {
            throw new UnusableValueException(
                    "its value has %d bytes, more than the %d allowed".formatted(value.length, MAX_BYTES));
        }
        return json.read(value);
    }

    /** A value that is not worth parsing. */
    private static final class UnusableValueException extends Exception {

        UnusableValueException(String message) {
            super(message);
        }
    }
}
