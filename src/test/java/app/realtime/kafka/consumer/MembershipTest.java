package app.realtime.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 3, true, true",
        "1, 5, 0, true, true",
        "1, 6, 3, true, false",
        "0, 1, 3, false, true",
        "1, -1, 3, true, true",
        "1, -1, 0, true, false",
        ", , , false, false",
        "1, NaN, 0, true, false"
    })
    void tellsFromTheConsumersMetrics(
            Double connections, Double heartbeatAge, Double partitions, boolean connected, boolean member) {
        Map<MetricName, Metric> metrics = new HashMap<>();
        put(metrics, "consumer-metrics", "connection-count", connections);
        put(metrics, "consumer-coordinator-metrics", "last-heartbeat-seconds-ago", heartbeatAge);
        put(metrics, "consumer-coordinator-metrics", "assigned-partitions", partitions);
        // Another client's, of the same name.
        put(metrics, "producer-metrics", "connection-count", 7.0);

        assertThat(Membership.of(metrics)).isEqualTo(new Membership(connected, member));
    }

    private static void put(Map<MetricName, Metric> metrics, String group, String name, Double value) {
        if (value == null) {
            return;
        }
        MetricName metric = new MetricName(name, group, "", Map.of());
        metrics.put(metric, new Metric() {
            @Override
            public MetricName metricName() {
                return metric;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
