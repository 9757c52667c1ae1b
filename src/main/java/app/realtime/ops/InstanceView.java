package app.realtime.ops;

import app.realtime.api.ClusterState;
import app.realtime.api.ConnectionCounts;
import app.realtime.api.HealthSource;
import app.realtime.api.KafkaReport;
import app.realtime.api.KafkaState;
import app.realtime.api.StatsSource;
import app.realtime.cluster.Cluster;
import app.realtime.engineio.EngineServer;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.consumer.FeedView;
import app.realtime.kafka.consumer.Outcome;
import app.realtime.kafka.consumer.Trouble;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** This instance as the HTTP API shows it. Thread-safe; reads only. */
@ApplicationScoped
class InstanceView implements HealthSource, StatsSource {

    private final ServiceInfo service;
    private final EngineServer engine;
    private final RoomManager rooms;
    private final KafkaFeed kafka;
    private final MetricsRecorder counters;
    private final Clock clock;
    private final Cluster cluster;

    @Inject
    InstanceView(
            ServiceInfo service,
            EngineServer engine,
            RoomManager rooms,
            KafkaFeed kafka,
            MetricsRecorder counters,
            Clock clock,
            Cluster cluster) {
        this.service = service;
        this.engine = engine;
        this.rooms = rooms;
        this.kafka = kafka;
        this.counters = counters;
        this.clock = clock;
        this.cluster = cluster;
    }

    /** For the container's proxy only. */
    protected InstanceView() {
        service = null;
        engine = null;
        rooms = null;
        kafka = null;
        counters = null;
        clock = null;
        cluster = null;
    }

    @Override
    public Health health() {
        return new Health(
                engine.isAccepting(),
                service.version(),
                uptime(),
                new ConnectionCounts(rooms.authenticatedConnections(), rooms.anonymousConnections()),
                kafkaReport(),
                clusterState(),
                !service.production());
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
                counters.events(),
                kafkaReport(),
                clusterState(),
                uptime());
    }

    private ClusterState clusterState() {
        if (cluster.bus().isEmpty()) {
            return ClusterState.STANDALONE;
        }
        return cluster.isCutOff() ? ClusterState.DEGRADED : ClusterState.CONNECTED;
    }

    private KafkaReport kafkaReport() {
        FeedView view = kafka.view();
        Instant now = clock.instant();
        return new KafkaReport(
                state(view),
                view.since(),
                view.trouble().map(Trouble::label),
                view.reconnects(),
                view.lag(),
                kafka.deadLettersWaiting(),
                view.partitions().stream()
                        .map(partition -> partition(partition, now))
                        .toList());
    }

    private static KafkaReport.Partition partition(FeedView.Partition partition, Instant now) {
        Map<String, Long> records = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            records.put(outcome.label(), partition.records().getOrDefault(outcome, 0L));
        }
        return new KafkaReport.Partition(
                partition.topic(),
                partition.partition(),
                partition.assigned(),
                partition.lag(),
                partition.lastOffset(),
                partition.newest(),
                partition.newest().map(newest -> Duration.between(newest, now)),
                records,
                partition.delays().atMost(),
                partition.delays().count(),
                partition.delays().sum());
    }

    private static KafkaState state(FeedView view) {
        return switch (view.state()) {
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
