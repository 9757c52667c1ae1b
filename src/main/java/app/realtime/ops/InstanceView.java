package app.realtime.ops;

import app.realtime.api.ClusterReport;
import app.realtime.api.ClusterState;
import app.realtime.api.ConnectionCounts;
import app.realtime.api.HealthSource;
import app.realtime.api.KafkaReport;
import app.realtime.api.KafkaState;
import app.realtime.api.StatsSource;
import app.realtime.cluster.Cluster;
import app.realtime.cluster.members.Members;
import app.realtime.engineio.EngineServer;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.consumer.FeedView;
import app.realtime.kafka.consumer.Outcome;
import app.realtime.kafka.consumer.Trouble;
import app.realtime.rooms.RoomManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.NullNode;

/** This instance, and what the others say of themselves, as the HTTP API shows it. Thread-safe; reads only. */
@ApplicationScoped
class InstanceView implements HealthSource, StatsSource {

    private static final String FIGURES = "figures";

    private final ServiceInfo service;
    private final EngineServer engine;
    private final RoomManager rooms;
    private final KafkaFeed kafka;
    private final MetricsRecorder counters;
    private final Clock clock;
    private final Cluster cluster;
    private final Optional<Members> members;

    @Inject
    InstanceView(
            ServiceInfo service,
            EngineServer engine,
            RoomManager rooms,
            KafkaFeed kafka,
            MetricsRecorder counters,
            Clock clock,
            Cluster cluster,
            Optional<Members> members) {
        this.service = service;
        this.engine = engine;
        this.rooms = rooms;
        this.kafka = kafka;
        this.counters = counters;
        this.clock = clock;
        this.cluster = cluster;
        this.members = members;
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
        members = Optional.empty();
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

    /** What the others are told when they ask. */
    void tellOthers(@Observes Startup event) {
        members.ifPresent(
                others -> others.onQuestion(FIGURES, question -> figures().write()));
    }

    private InstanceFigures figures() {
        return InstanceFigures.of(rooms.statistics(), counters.events(), uptime());
    }

    @Override
    public CompletionStage<Stats> stats() {
        InstanceFigures own = figures();
        ClusterFigures sum = new ClusterFigures();
        if (members.isEmpty()) {
            sum.add(own);
            return CompletableFuture.completedStage(stats(own, sum));
        }
        sum.add(members.get().self(), true, own);
        return members.get().ask(FIGURES, NullNode.getInstance()).thenApply(answers -> {
            answers.stream()
                    .sorted(Comparator.comparing(
                            answer -> answer.member().name() + answer.member().id()))
                    .forEach(answer -> sum.add(answer.member(), false, InstanceFigures.read(answer.value())));
            return stats(own, sum);
        });
    }

    private Stats stats(InstanceFigures own, ClusterFigures sum) {
        return new Stats(
                sum.connections(),
                sum.uniqueUsers(),
                sum.rooms(),
                own.events(),
                kafkaReport(),
                new ClusterReport(clusterState(), sum.instances()),
                own.uptime());
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
