package app.realtime.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.api.HealthSource.Health;
import app.realtime.api.HealthSource.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSourceTest {

    @ParameterizedTest
    @CsvSource({
        "true, DISABLED, STANDALONE, HEALTHY",
        "true, CONNECTED, STANDALONE, HEALTHY",
        "true, CONNECTING, STANDALONE, DEGRADED",
        "true, DISCONNECTED, STANDALONE, DEGRADED",
        "true, CONNECTED, DEGRADED, DEGRADED",
        "false, CONNECTED, STANDALONE, UNHEALTHY",
        "false, DISCONNECTED, DEGRADED, UNHEALTHY"
    })
    void isDegradedWhenSomethingConfiguredCannotBeReached(
            boolean serving, KafkaState kafka, ClusterState cluster, Status expected) {
        Health health = new Health(
                serving,
                "1",
                Duration.ZERO,
                new ConnectionCounts(1, 2),
                new KafkaReport(kafka, Instant.EPOCH, Optional.empty(), 0, 0, 0, List.of()),
                cluster,
                false);

        assertThat(health.status()).isEqualTo(expected);
        assertThat(health.connections().total()).isEqualTo(3);
    }
}
