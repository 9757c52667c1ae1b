package app.realtime.ops;

import app.realtime.api.EventCounts;
import app.realtime.api.RefusalObserver;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.TransportName;
import app.realtime.events.EventSource;
import app.realtime.events.PublicationObserver;
import app.realtime.events.PushEvent;
import app.realtime.socketio.DisconnectReason;
import app.realtime.socketio.SocketObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import tools.jackson.databind.JsonNode;

/**
 * Counts what happens, for MicroProfile Metrics. Tags come from fixed sets of names, never from clients. Thread-safe, as
 * the registry and its metrics are.
 */
@ApplicationScoped
public class MetricsRecorder implements EngineObserver, SocketObserver, RefusalObserver, PublicationObserver {

    private final MetricRegistry registry;
    private final Counter opened;
    private final Counter upgrades;
    private final Counter dropped;
    private final Counter connected;
    private final Counter received;
    private final Counter sent;
    private final Counter delivered;
    private final Timer broadcasts;
    private final Map<EventSource, Counter> published = new EnumMap<>(EventSource.class);
    /** Looking one up in the registry costs more than counting. */
    private final ConcurrentMap<CloseReason, Counter> closed = new ConcurrentHashMap<>();

    private final ConcurrentMap<DisconnectReason, Counter> disconnected = new ConcurrentHashMap<>();

    @Inject
    public MetricsRecorder(MetricRegistry registry) {
        this.registry = registry;
        opened = counter("realtime_sessions_opened", "Engine.IO sessions opened");
        upgrades = counter("realtime_sessions_upgraded", "Sessions that moved from polling to a websocket");
        dropped = counter(
                "realtime_messages_dropped", "Volatile messages dropped, because their client could not take them");
        connected = counter("realtime_sockets_connected", "Sockets connected to a namespace");
        received = counter("realtime_events_received", "Events from clients");
        sent = counter("realtime_events_sent", "Events queued for clients, one for each recipient");
        delivered = counter(
                "realtime_events_delivered", "Published events that were queued for clients, one for each recipient");
        for (EventSource source : EventSource.values()) {
            published.put(
                    source,
                    counter(
                            "realtime_events_published",
                            "Events that were published, by what brought them",
                            new Tag("source", source.label())));
        }
        broadcasts = registry.timer(Metadata.builder()
                .withName("realtime_broadcast")
                .withDescription("Time to queue a broadcast for all its recipients")
                .build());
    }

    /** For the container's proxy only. */
    protected MetricsRecorder() {
        registry = null;
        opened = null;
        upgrades = null;
        dropped = null;
        connected = null;
        received = null;
        sent = null;
        delivered = null;
        broadcasts = null;
    }

    /** Made at the start: a thread that the container does not know, such as a shutdown hook, could not. */
    void start(@Observes Startup event) {}

    @Override
    public void opened(TransportName transport) {
        opened.inc();
    }

    @Override
    public void upgraded() {
        upgrades.inc();
    }

    @Override
    public void closed(TransportName transport, CloseReason reason) {
        closed.computeIfAbsent(
                        reason,
                        why -> counter(
                                "realtime_sessions_closed",
                                "Sessions that ended, by reason",
                                new Tag("reason", why.text())))
                .inc();
    }

    @Override
    public void dropped() {
        dropped.inc();
    }

    @Override
    public void refused(String reason) {
        refusals(reason).inc();
    }

    @Override
    public void connected() {
        connected.inc();
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        disconnected
                .computeIfAbsent(
                        reason,
                        why -> counter(
                                "realtime_sockets_disconnected",
                                "Sockets disconnected, by reason",
                                new Tag("reason", why.text())))
                .inc();
    }

    @Override
    public void received() {
        received.inc();
    }

    @Override
    public void sent(int recipients) {
        sent.inc(recipients);
    }

    @Override
    public void broadcast(int recipients, Duration took) {
        sent.inc(recipients);
        broadcasts.update(took);
    }

    @Override
    public void published(PushEvent event, EventSource source, JsonNode payload, int recipients) {
        published.get(source).inc();
        delivered.inc(recipients);
    }

    /** What was counted so far. */
    EventCounts events() {
        return new EventCounts(
                published.values().stream().mapToLong(Counter::getCount).sum(),
                delivered.getCount(),
                received.getCount());
    }

    private Counter refusals(String reason) {
        return counter(
                "realtime_refusals",
                "Handshakes, connections, events and HTTP calls refused, by reason",
                new Tag("reason", reason));
    }

    private Counter counter(String name, String description, Tag... tags) {
        return registry.counter(
                Metadata.builder().withName(name).withDescription(description).build(), tags);
    }
}
