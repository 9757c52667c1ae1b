package app.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {

    @Test
    void alwaysWritesExactlyMilliseconds() {
        assertThat(Timestamps.format(Instant.parse("2024-01-01T00:00:00Z"))).isEqualTo("2024-01-01T00:00:00.000Z");
        assertThat(Timestamps.format(Instant.parse("2024-01-01T00:00:00.123987654Z")))
                .isEqualTo("2024-01-01T00:00:00.123Z");
    }
}
