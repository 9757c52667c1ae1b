package app.realtime.kafka.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.kafka.consumer.Handling.Delivered;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final TopicPartition FIRST = LaneFixture.PARTITION;
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final LaneFixture fixture = new LaneFixture();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Lanes lanes = new Lanes(consumer, fixture.services);
    private final CountDownLatch hold = new CountDownLatch(1);

    @BeforeEach
    void assign() {
        consumer.subscribe(List.of("t"), lanes);
        consumer.rebalance(List.of(FIRST, SECOND));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    }

    @AfterEach
    void close() {
        hold.countDown();
        fixture.close();
    }

    @Test
    void commitsWhatIsSettledAndNoMore() {
        read(FIRST, 0, "good", "bad", "good");
        await().until(() -> fixture.handled.size() == 3 && fixture.aside.containsKey(1L));
        lanes.commit();
        assertThat(committed(FIRST)).isEqualTo(1);

        fixture.aside.get(1L).complete(null);
        lanes.commit();

        assertThat(committed(FIRST)).isEqualTo(3);
        assertThat(consumer.committed(Set.of(SECOND)).get(SECOND)).isNull();
    }

    @Test
    void finishesAndCommitsBeforeAPartitionGoesElsewhere() {
        read(FIRST, 0, "one", "two");
        await().until(() -> fixture.handled.size() == 2);

        lanes.onPartitionsRevoked(List.of(FIRST));

        assertThat(committed(FIRST)).isEqualTo(2);
        assertThat(fixture.observed.told()).contains("t-0 revoked").doesNotContain("t-1 revoked");
    }

    @Test
    void commitsNothingForAPartitionThatOthersHaveAlready() {
        read(FIRST, 0, "one");
        await().until(() -> fixture.handled.size() == 1);

        lanes.onPartitionsLost(List.of(FIRST));
        lanes.commit();

        assertThat(committed(FIRST)).isEqualTo(-1);
    }

    @Test
    void holdsAPartitionBackWhileItsLaneIsFull() {
        fixture.handler = value -> {
            awaitHold();
            return new Delivered(1);
        };
        String[] many = new String[Lane.MAX_RECORDS + 10];
        Arrays.fill(many, "good");
        read(FIRST, 0, many);

        lanes.holdBack();
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(lanes.isHoldingBack()).isTrue();

        hold.countDown();
        await().until(() -> fixture.handled.size() == many.length);
        lanes.holdBack();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void commitsAtTheEndIfThatIsOfUse() {
        read(FIRST, 0, "good");
        await().until(() -> fixture.handled.size() == 1);

        lanes.close(true);

        assertThat(committed(FIRST)).isEqualTo(1);
        assertThat(fixture.observed.told()).contains("t-0 revoked", "t-1 revoked");
    }

    private void read(TopicPartition partition, long offset, String... values) {
        for (String value : values) {
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset++, null, value.getBytes(UTF_8)));
        }
        lanes.add(consumer.poll(Duration.ZERO));
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? -1 : offset.offset();
    }

    private void awaitHold() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
