package app.realtime.events;

import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sends events to their rooms, with the server's time. Thread-safe. */
@ApplicationScoped
public class EventPublisher {

    private final RoomManager rooms;
    private final Clock clock;
    private final List<PublicationObserver> observers;

    @Inject
    public EventPublisher(RoomManager rooms, Clock clock, @Any Instance<PublicationObserver> observers) {
        this(rooms, clock, observers.stream().toList());
    }

    public EventPublisher(RoomManager rooms, Clock clock, List<PublicationObserver> observers) {
        this.rooms = rooms;
        this.clock = clock;
        this.observers = List.copyOf(observers);
    }

    /** For the CDI client proxy, which passes every call on and has no state of its own. */
    EventPublisher() {
        this(null, null, List.of());
    }

    /** Hands the event to everybody in its rooms, once each; returns without waiting for slow peers. */
    public Publication publish(PushEvent event, EventSource source) {
        Instant now = clock.instant();
        JsonNode payload = event.payload(now);
        int recipients = rooms.broadcast(event.rooms(), event.name(), payload);
        for (PublicationObserver observer : observers) {
            observer.published(event, source, payload, recipients);
        }
        return new Publication(recipients, Timestamps.format(now));
    }
}
