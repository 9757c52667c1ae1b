package app.realtime.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final SettableClock clock = new SettableClock();
    private final Backoff backoff = new Backoff(clock);

    @Test
    void doublesUpToHalfAMinute() {
        assertThat(Stream.generate(backoff::failed).limit(7).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void beginsAnewAfterATryThatLasted() {
        Stream.generate(backoff::failed).limit(5).forEach(wait -> backoff.begin());
        clock.pass(Duration.ofSeconds(31));

        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
        backoff.begin();
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(2));
    }
}
