package app.realtime.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long now = 1_000_000_000L;
    private boolean crowded = true;
    private final Pace pace = new Pace(() -> crowded, () -> now);

    @Test
    void letsEverythingThroughWhileNobodyIsBehind() {
        crowded = false;
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.ask()).isZero();
        }
    }

    @Test
    void letsABurstThroughEveryFewMilliseconds() {
        assertThat(allowed()).isEqualTo(Pace.BURST);
        now += Duration.ofMillis(2).toNanos();
        assertThat(pace.ask()).isEqualTo(Duration.ofMillis(Pace.PAUSE_MILLIS - 2));
        now += Duration.ofMillis(3).toNanos();
        assertThat(allowed()).isEqualTo(Pace.BURST);
    }

    @Test
    void givesNoCreditForTimeInWhichNothingCame() {
        now += Duration.ofMinutes(1).toNanos();

        assertThat(allowed()).isEqualTo(Pace.BURST);
    }

    private int allowed() {
        int count = 0;
        while (pace.ask().isZero()) {
            count++;
        }
        return count;
    }
}
