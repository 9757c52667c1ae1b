package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeoutsTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<Integer> late = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Timeouts<Integer> timeouts(Duration timeout) {
        return new Timeouts<>(timeout, timer, late::add);
    }

    @Test
    void tellsOfThoseThatAreLateInTheirOrder() {
        AtomicLong clock = new AtomicLong();
        Timeouts<Integer> timeouts = new Timeouts<>(Duration.ofMillis(1), timer, clock::get, late::add);
        timeouts.begin(1);
        timeouts.begin(2);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        timeouts.begin(3);
        await().untilAsserted(() -> assertThat(late).containsExactly(1, 2));
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        await().untilAsserted(() -> assertThat(late).containsExactly(1, 2, 3));
    }

    @Test
    void doesNotTellOfThoseThatEnded() {
        Timeouts<Integer> timeouts = timeouts(Duration.ofMillis(20));
        IntStream.range(0, 4).forEach(timeouts::begin);
        timeouts.end(0);
        timeouts.end(2);
        await().untilAsserted(() -> assertThat(late).containsExactly(1, 3));
    }

    @Test
    void goesOnAfterTheLastHasEnded() {
        Timeouts<Integer> timeouts = timeouts(Duration.ofMillis(5));
        timeouts.begin(1);
        timeouts.end(1);
        await().until(() -> timer.getQueue().isEmpty());
        timeouts.begin(2);
        await().untilAsserted(() -> assertThat(late).containsExactly(2));
    }

    @Test
    void setsOneAlarmForAll() {
        Timeouts<Integer> timeouts = timeouts(Duration.ofHours(1));
        IntStream.range(0, 1000).forEach(timeouts::begin);
        assertThat(timer.getQueue()).hasSize(1);
    }
}
