package app.realtime.events;

import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Sends events to their rooms, with the server's time. Thread-safe. */
@ApplicationScoped
public class EventPublisher {

    private final RoomManager rooms;
    private final Clock clock;

    @Inject
    public EventPublisher(RoomManager rooms, Clock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    /** For the CDI client proxy, which passes every call on and has no state of its own. */
    EventPublisher() {
        this(null, null);
    }

    /** Hands the event to everybody in its rooms, once each; returns without waiting for slow peers. */
    public Publication publish(PushEvent event) {
        Instant now = clock.instant();
        int recipients = rooms.broadcast(event.rooms(), event.name(), event.payload(now));
        return new Publication(recipients, Timestamps.format(now));
    }
}
