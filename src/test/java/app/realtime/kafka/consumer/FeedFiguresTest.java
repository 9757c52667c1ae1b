package app.realtime.kafka.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.kafka.consumer.FeedView.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FeedFiguresTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 2);

    private final SettableClock clock = new SettableClock();
    private final Recording observed = new Recording();
    private final FeedFigures figures = new FeedFigures(clock, List.of(observed));

    @Test
    void knowsOfEachPartitionWhatBecameOfItsRecords() {
        figures.assigned(PARTITION);
        figures.record(record(5, clock.instant().minusMillis(7)), Outcome.DELIVERED);
        figures.record(record(6, clock.instant().minusMillis(3)), Outcome.INVALID);
        figures.lag(PARTITION, 4);

        Partition view = figures.view().get(0);
        assertThat(view.assigned()).isTrue();
        assertThat(view.lag()).hasValue(4);
        assertThat(view.lastOffset()).hasValue(6);
        assertThat(view.newest()).contains(clock.instant().minusMillis(3));
        assertThat(view.records()).containsEntry(Outcome.DELIVERED, 1L).containsEntry(Outcome.INVALID, 1L);
        assertThat(view.delays().atMost())
                .containsEntry(2L, 0L)
                .containsEntry(5L, 1L)
                .containsEntry(10L, 2L);
        assertThat(view.delays().sum()).isEqualTo(Duration.ofMillis(10));
        assertThat(observed.told()).containsExactly("t-2 assigned", "t-2 delivered", "t-2 invalid");
    }

    @Test
    void keepsTheCountsOfAPartitionThatIsGone() {
        figures.assigned(PARTITION);
        figures.lag(PARTITION, 4);
        figures.record(record(1, clock.instant()), Outcome.DELIVERED);
        figures.revoked(PARTITION);

        Partition view = figures.view().get(0);
        assertThat(view.assigned()).isFalse();
        assertThat(view.lag()).isEmpty();
        assertThat(view.records()).containsEntry(Outcome.DELIVERED, 1L);
    }

    @Test
    void takesARecordFromTheFutureForOneOfNow() {
        figures.record(record(1, clock.instant().plusSeconds(60)), Outcome.DELIVERED);

        assertThat(figures.view().get(0).delays().atMost()).containsEntry(1L, 1L);
    }

    @Test
    void goesOnWhenAnObserverFails() {
        FeedFigures unobserved = new FeedFigures(clock, List.of((topic, partition, outcome, delay) -> {
            throw new IllegalStateException("no metrics today");
        }));
        try (CapturedLog failures = new CapturedLog(FailureLog.class)) {
            unobserved.record(record(1, clock.instant()), Outcome.DELIVERED);
            unobserved.record(record(2, clock.instant()), Outcome.DELIVERED);

            assertThat(failures.records())
                    .filteredOn(message -> message.getLevel() == java.util.logging.Level.WARNING)
                    .singleElement()
                    .satisfies(message -> assertThat(message.getThrown()).hasMessage("no metrics today"));
        }
        assertThat(unobserved.view().get(0).lastOffset()).hasValue(2);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, Instant timestamp) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                timestamp.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                1,
                null,
                "v".getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
