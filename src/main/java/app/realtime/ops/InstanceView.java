package app.realtime.ops;

import app.realtime.api.ClusterState;
import app.realtime.api.ConnectionCounts;
import app.realtime.api.HealthSource;
import app.realtime.api.KafkaState;
import app.realtime.api.StatsSource;
import app.realtime.cluster.ClusterSettings;
import app.realtime.engineio.EngineServer;
import app.realtime.kafka.KafkaMonitor;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** This instance as the HTTP API shows it. Thread-safe; reads only. */
@ApplicationScoped
class InstanceView implements HealthSource, StatsSource {

    private final ServiceInfo service;
    private final EngineServer engine;
    private final RoomManager rooms;
    private final KafkaMonitor kafka;
    private final ClusterState cluster;

    @Inject
    InstanceView(
            ServiceInfo service,
            EngineServer engine,
            RoomManager rooms,
            KafkaMonitor kafka,
            ClusterSettings clusterSettings) {
        this.service = service;
        this.engine = engine;
        this.rooms = rooms;
        this.kafka = kafka;
        this.cluster = clusterSettings.redisUrl().isPresent() ? ClusterState.UNAVAILABLE : ClusterState.STANDALONE;
    }

    /** For the container's proxy only. */
    protected InstanceView() {
        service = null;
        engine = null;
        rooms = null;
        kafka = null;
        cluster = null;
    }

    @Override
    public Health health() {
        return new Health(
                engine.isAccepting(),
                service.version(),
                uptime(),
                new ConnectionCounts(rooms.authenticatedConnections(), rooms.anonymousConnections()),
                kafkaState(),
                cluster);
    }

    @Override
    public Stats stats() {
        RoomStatistics statistics = rooms.statistics();
        return new Stats(
                new ConnectionCounts(statistics.authenticated(), statistics.anonymous()),
                statistics.uniqueUsers(),
                statistics.rooms().stream()
                        .map(room -> new RoomCount(room.name().toString(), room.connections()))
                        .toList(),
                kafkaState(),
                cluster,
                uptime());
    }

    private KafkaState kafkaState() {
        return switch (kafka.state().status()) {
            case DISABLED -> KafkaState.DISABLED;
            case CONNECTING -> KafkaState.CONNECTING;
            case CONNECTED -> KafkaState.CONNECTED;
            case DISCONNECTED -> KafkaState.DISCONNECTED;
        };
    }

    private static Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
