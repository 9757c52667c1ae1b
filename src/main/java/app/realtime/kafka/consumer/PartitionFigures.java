package app.realtime.kafka.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of one partition since the start, whoever reads it now. Thread-safe: the lane counts records, the
 * consumer's thread sets the lag, anyone looks.
 */
final class PartitionFigures {

    private static final long UNKNOWN = -1;

    private final TopicPartition partition;
    private final Map<Outcome, LongAdder> records = new EnumMap<>(Outcome.class);
    private final DelayHistogram delays = new DelayHistogram();
    private volatile boolean assigned;
    private volatile long lag = UNKNOWN;
    private volatile long lastOffset = UNKNOWN;
    private volatile long newestTimestamp = UNKNOWN;

    PartitionFigures(TopicPartition partition) {
        this.partition = partition;
        for (Outcome outcome : Outcome.values()) {
            records.put(outcome, new LongAdder());
        }
    }

    void record(long offset, long timestamp, Outcome outcome, Duration delay) {
        records.get(outcome).increment();
        delays.add(delay);
        lastOffset = offset;
        // One at a time for a partition but for what was given up; the newest wins as good as always.
        newestTimestamp = Math.max(newestTimestamp, timestamp);
    }

    void assigned(boolean isAssigned) {
        assigned = isAssigned;
        lag = UNKNOWN;
    }

    void lag(long records) {
        lag = records;
    }

    FeedView.Partition view() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        records.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return new FeedView.Partition(
                partition.topic(),
                partition.partition(),
                assigned,
                known(lag),
                known(lastOffset),
                known(newestTimestamp).isPresent()
                        ? Optional.of(Instant.ofEpochMilli(newestTimestamp))
                        : Optional.empty(),
                counts,
                new FeedView.Delays(delays.cumulative(), delays.count(), Duration.ofMillis(delays.sumMillis())));
    }

    private static OptionalLong known(long value) {
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
