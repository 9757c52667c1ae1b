package app.realtime.console;

import app.realtime.events.EventSource;
import app.realtime.events.PushEvent;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people are shown of published events: as many in a second as one can look at, and of large ones the head alone.
 * Thread-safe.
 */
final class EventDigest {

    static final int EVENTS_PER_SECOND = 50;

    /** Characters of JSON. */
    static final int MAX_DATA = 16_384;

    private final Bucket allowance = Bucket.builder()
            .addLimit(limit -> limit.capacity(EVENTS_PER_SECOND).refillGreedy(EVENTS_PER_SECOND, Duration.ofSeconds(1)))
            .build();
    private final AtomicLong skipped = new AtomicLong();

    /** Nothing for an event that is one too many; the next one says how many those were. */
    Optional<ObjectNode> of(PushEvent event, EventSource source, JsonNode payload, int recipients) {
        if (!allowance.tryConsume(1)) {
            skipped.incrementAndGet();
            return Optional.empty();
        }
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("event", event.name())
                .put("source", source.label())
                .put("recipients", recipients);
        event.rooms().forEach(room -> shown.withArray("rooms").add(room.toString()));
        int size = payload.toString().length();
        shown.put("size", size);
        if (size <= MAX_DATA) {
            shown.set("data", payload);
        }
        return Optional.of(shown.put("skipped", skipped.getAndSet(0)));
    }
}
