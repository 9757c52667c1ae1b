package app.realtime.kafka.consumer;

import app.realtime.kafka.consumer.FeedView.Partition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Counts records by partition, and tells the observers. Thread-safe. */
final class FeedFigures {

    private final Clock clock;
    private final List<FeedObserver> observers;
    private final FailureLog failures =
            new FailureLog("Kafka records are not counted, but delivered; said once, later ones at debug level");
    private final ConcurrentMap<TopicPartition, PartitionFigures> partitions = new ConcurrentHashMap<>();

    FeedFigures(Clock clock, List<FeedObserver> observers) {
        this.clock = clock;
        this.observers = List.copyOf(observers);
    }

    void record(ConsumerRecord<?, ?> record, Outcome outcome) {
        Duration delay = Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant());
        Duration positive = delay.isNegative() ? Duration.ZERO : delay;
        of(new TopicPartition(record.topic(), record.partition()))
                .record(record.offset(), record.timestamp(), outcome, positive);
        tell(observer -> observer.record(record.topic(), record.partition(), outcome, positive));
    }

    void assigned(TopicPartition partition) {
        of(partition).assigned(true);
        tell(observer -> observer.assigned(partition.topic(), partition.partition()));
    }

    void revoked(TopicPartition partition) {
        of(partition).assigned(false);
        tell(observer -> observer.revoked(partition.topic(), partition.partition()));
    }

    void lag(TopicPartition partition, long records) {
        of(partition).lag(records);
    }

    void reconnected() {
        tell(FeedObserver::reconnected);
    }

    /** Every partition ever read, by topic and number. */
    List<Partition> view() {
        return partitions.values().stream()
                .map(PartitionFigures::view)
                .sorted(Comparator.comparing(Partition::topic).thenComparing(Partition::partition))
                .toList();
    }

    Optional<Partition> view(TopicPartition partition) {
        return Optional.ofNullable(partitions.get(partition)).map(PartitionFigures::view);
    }

    private PartitionFigures of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, PartitionFigures::new);
    }

    private void tell(Consumer<FeedObserver> event) {
        for (FeedObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                failures.failed(e);
            }
        }
    }
}
