package app.realtime.ops;

import app.realtime.cluster.Cluster;
import app.realtime.cluster.members.Members;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.Session;
import app.realtime.engineio.TransportName;
import app.realtime.rooms.RoomManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What is there now, for MicroProfile Metrics; looked up when somebody asks. */
@ApplicationScoped
class Gauges {

    void register(
            @Observes Startup event,
            MetricRegistry registry,
            EngineServer engine,
            RoomManager rooms,
            Cluster cluster,
            Optional<Members> members) {
        for (TransportName transport : TransportName.values()) {
            gauge(
                    registry,
                    "realtime_sessions",
                    "Open Engine.IO sessions, by transport",
                    () -> engine.sessions().stream()
                            .filter(session -> session.transportName() == transport)
                            .count(),
                    new Tag("transport", transport.wireName()));
        }
        gauge(
                registry,
                "realtime_connections",
                "Connected sockets, by whether they have a verified token",
                rooms::authenticatedConnections,
                new Tag("identity", "authenticated"));
        gauge(
                registry,
                "realtime_connections",
                "Connected sockets, by whether they have a verified token",
                rooms::anonymousConnections,
                new Tag("identity", "anonymous"));
        gauge(registry, "realtime_rooms", "Rooms with at least one local member", rooms::roomCount);
        cluster.bus().ifPresent(bus -> {
            gauge(
                    registry,
                    "realtime_cluster_connected",
                    "1 while events reach the other instances, 0 while they stay here",
                    () -> bus.isConnected() ? 1 : 0);
            gauge(
                    registry,
                    "realtime_cluster_dropped",
                    "Messages to the other instances that were dropped, because Redis was away or too slow",
                    bus::dropped);
        });
        members.ifPresent(known -> gauge(
                registry,
                "realtime_cluster_instances",
                "Instances that know each other, this one included",
                () -> known.others().size() + 1));
        gauge(
                registry,
                "realtime_queued_packets",
                "Packets that wait for their clients, in all sessions together",
                () -> engine.sessions().stream().mapToLong(Session::queued).sum());
        gauge(
                registry,
                "realtime_queued_packets_max",
                "Packets that wait for their client, in the session with the most",
                () -> engine.sessions().stream()
                        .mapToLong(Session::queued)
                        .max()
                        .orElse(0));
    }

    private static void gauge(
            MetricRegistry registry, String name, String description, Supplier<? extends Number> value, Tag... tags) {
        registry.gauge(
                Metadata.builder()
                        .withName(name)
                        .withDescription(description)
                        .withUnit(MetricUnits.NONE)
                        .build(),
                value,
                supplier -> supplier.get().doubleValue(),
                tags);
    }
}
