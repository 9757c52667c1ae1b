package app.realtime.ops;

import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.consumer.FeedObserver;
import app.realtime.kafka.consumer.FeedView;
import app.realtime.kafka.consumer.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * What comes in by Kafka, for MicroProfile Metrics. A partition has gauges for as long as this instance reads it.
 * Thread-safe, as the registry and its metrics are.
 */
@ApplicationScoped
public class KafkaMetrics implements FeedObserver {

    private static final String LAG = "realtime_kafka_lag";
    private static final String LAST_OFFSET = "realtime_kafka_last_offset";
    private static final String NEWEST_AGE = "realtime_kafka_newest_record_age";

    private final MetricRegistry registry;
    private final Clock clock;
    private final Instance<KafkaFeed> feed;

    /** Looking one up in the registry costs more than counting. */
    private final Map<Series, Counter> records = new ConcurrentHashMap<>();

    private final Map<String, Timer> delays = new ConcurrentHashMap<>();

    private record Series(String topic, int partition, Outcome outcome) {}

    /** @param feed looked up when it is asked, because it is made of its observers */
    @Inject
    public KafkaMetrics(MetricRegistry registry, Clock clock, Instance<KafkaFeed> feed) {
        this.registry = registry;
        this.clock = clock;
        this.feed = feed;
    }

    /** For the container's proxy only. */
    protected KafkaMetrics() {
        this(null, null, null);
    }

    void register(@Observes Startup event) {
        gauge("realtime_kafka_dead_letters_waiting", "Rejected records not yet in a topic of dead letters", ignored -> {
            return feed.get().deadLettersWaiting();
        });
        gauge("realtime_kafka_connected", "1 while records can come in, otherwise 0", ignored -> connected());
        gauge("realtime_kafka_hanging_threads", "Threads that take long to process a record", ignored -> {
            return feed.get().view().hanging();
        });
        reconnects();
    }

    @Override
    public void record(String topic, int partition, Outcome outcome, Duration sinceTimestamp) {
        records.computeIfAbsent(new Series(topic, partition, outcome), this::counter)
                .inc();
        delays.computeIfAbsent(topic, this::timer).update(sinceTimestamp);
    }

    @Override
    public void assigned(String topic, int partition) {
        Tag[] tags = tags(topic, partition);
        gauge(
                LAG,
                "Records in the partition that are still to be handed over",
                ignored -> of(topic, partition, one -> one.lag().orElse(0)),
                tags);
        gauge(
                LAST_OFFSET,
                "Offset of the last record that was dealt with; -1 before the first",
                ignored -> of(topic, partition, one -> one.lastOffset().orElse(-1)),
                tags);
        gauge(
                NEWEST_AGE,
                "Age of the newest record that was dealt with; NaN before the first",
                MetricUnits.SECONDS,
                ignored -> of(topic, partition, this::newestAge),
                tags);
    }

    @Override
    public void revoked(String topic, int partition) {
        for (String name : new String[] {LAG, LAST_OFFSET, NEWEST_AGE}) {
            registry.remove(new MetricID(name, tags(topic, partition)));
        }
    }

    @Override
    public void reconnected() {
        reconnects().inc();
    }

    private double connected() {
        return switch (feed.get().view().state()) {
            case CONNECTED -> 1;
            case DISABLED, CONNECTING, DISCONNECTED -> 0;
        };
    }

    private double newestAge(FeedView.Partition partition) {
        return partition
                .newest()
                .map(newest -> Duration.between(newest, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private double of(String topic, int partition, ToDoubleFunction<FeedView.Partition> figure) {
        return feed.get().partition(topic, partition).map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private Counter reconnects() {
        return registry.counter(Metadata.builder()
                .withName("realtime_kafka_reconnects")
                .withDescription("How often the brokers were reached again after they had been lost")
                .build());
    }

    private Counter counter(Series series) {
        return registry.counter(
                Metadata.builder()
                        .withName("realtime_kafka_records")
                        .withDescription("Kafka records, by topic, partition and outcome")
                        .build(),
                new Tag("topic", series.topic()),
                new Tag("partition", Integer.toString(series.partition())),
                new Tag("outcome", series.outcome().label()));
    }

    private Timer timer(String topic) {
        return registry.timer(
                Metadata.builder()
                        .withName("realtime_kafka_delay")
                        .withDescription("Time from a record's timestamp until it had been handed over or put aside")
                        .build(),
                new Tag("topic", topic));
    }

    private void gauge(String name, String description, ToDoubleFunction<KafkaMetrics> value, Tag... tags) {
        gauge(name, description, MetricUnits.NONE, value, tags);
    }

    private void gauge(
            String name, String description, String unit, ToDoubleFunction<KafkaMetrics> value, Tag... tags) {
        registry.gauge(
                Metadata.builder()
                        .withName(name)
                        .withDescription(description)
                        .withUnit(unit)
                        .build(),
                this,
                value::applyAsDouble,
                tags);
    }

    private static Tag[] tags(String topic, int partition) {
        return new Tag[] {new Tag("topic", topic), new Tag("partition", Integer.toString(partition))};
    }
}
