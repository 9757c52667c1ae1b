package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The lanes of one consumer's partitions: fills them, holds partitions back whose lanes are full, and commits what they
 * have settled. Owned by the consumer's thread.
 */
final class Lanes implements ConsumerRebalanceListener {

    /** Beyond this, partitions with anything waiting are held back, however little it is. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Lanes.class.getName());

    /** How long partitions that go elsewhere are kept for what is under way. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Duration COMMIT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final LaneServices services;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private boolean tight;

    Lanes(Consumer<byte[], byte[]> consumer, LaneServices services) {
        this.consumer = consumer;
        this.services = services;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            lanes.put(partition, new Lane(partition, services));
            services.figures().assigned(partition);
        }
        if (!partitions.isEmpty()) {
            LOG.info(() -> "Reading " + sorted(partitions));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        finish(partitions);
        commitNow();
        forget(partitions);
        LOG.info(() -> "Not reading any more " + sorted(partitions));
    }

    /** Others may read these already, so that nothing can be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        finish(partitions);
        forget(partitions);
        LOG.log(
                Level.WARNING,
                () -> "Lost %s to other members of the group; what was not committed comes again"
                        .formatted(sorted(partitions)));
    }

    void add(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                lane.add(records.records(partition), next.offset());
            }
        });
    }

    /** Stops and starts the reading of partitions, by how much of them waits. */
    void holdBack() {
        long waiting = lanes.values().stream().mapToLong(Lane::waitingBytes).sum();
        tight = waiting > (tight ? MAX_BYTES / 2 : MAX_BYTES);
        Set<TopicPartition> held = consumer.paused();
        Set<TopicPartition> toHold = new HashSet<>();
        Set<TopicPartition> toRelease = new HashSet<>();
        for (Lane lane : lanes.values()) {
            boolean isHeld = held.contains(lane.partition());
            boolean crowded = tight && lane.waitingBytes() > 0;
            if (!isHeld && (crowded || lane.isFull())) {
                toHold.add(lane.partition());
            } else if (isHeld && !crowded && lane.hasRoom()) {
                toRelease.add(lane.partition());
            }
        }
        consumer.pause(toHold);
        consumer.resume(toRelease);
    }

    /** Whether a partition waits for its lane to have room. */
    boolean isHoldingBack() {
        return !consumer.paused().isEmpty();
    }

    void watch(Duration limit) {
        long now = System.nanoTime();
        lanes.values().forEach(lane -> lane.watch(now, limit));
    }

    /** Finds out how far behind each partition is, as the consumer knows it; asks no broker. */
    void measure() {
        for (Lane lane : lanes.values()) {
            consumer.currentLag(lane.partition())
                    .ifPresent(unread -> services.figures().lag(lane.partition(), unread + lane.unsettled()));
        }
    }

    /** Commits what has been settled since, without waiting for the answer. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted();
        if (offsets.isEmpty()) {
            return;
        }
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        consumer.commitAsync(offsets, (tried, failure) -> {
            if (failure != null) {
                LOG.log(Level.FINE, failure, () -> "Could not commit " + tried + "; it is tried again");
                committed.keySet().removeAll(tried.keySet());
            }
        });
    }

    /** Ends all lanes. @param reachable whether the brokers answer, so that it is worth telling them */
    void close(boolean reachable) {
        Set<TopicPartition> all = Set.copyOf(lanes.keySet());
        finish(all);
        if (reachable) {
            commitNow();
        }
        forget(all);
    }

    private void finish(Collection<TopicPartition> partitions) {
        Set<Lane> ending = new HashSet<>();
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                lane.close();
                ending.add(lane);
            }
        }
        long end = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (Lane lane : ending) {
                lane.awaitQuiet(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitNow() {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted();
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT);
        } catch (KafkaException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "Could not commit %s, so that records come again: %s".formatted(offsets, e.getMessage()));
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            committed.remove(partition);
            Lane gone = lanes.remove(partition);
            if (gone != null) {
                gone.abandon();
                services.figures().revoked(partition);
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommitted() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        lanes.forEach((partition, lane) -> lane.settled().ifPresent(offset -> {
            if (!Long.valueOf(offset).equals(committed.get(partition))) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }));
        return offsets;
    }

    private static Collection<String> sorted(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
}
