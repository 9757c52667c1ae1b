package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether a consumer can receive, by its own metrics: it has a connection and has recently sent a heartbeat, which only a
 * member of the group does; until the first heartbeat, when it has been given partitions. A member without partitions, in
 * a group with more members than those, counts as able.
 *
 * @param connected whether it has a connection to a broker
 * @param member whether it is a live member of its group
 */
record Membership(boolean connected, boolean member) {

    /** A few heartbeats' time: the consumer sends one every second. */
    static final Duration HEARTBEAT_AGE = Duration.ofSeconds(5);

    static Membership of(Map<MetricName, ? extends Metric> metrics) {
        OptionalDouble connections = read(metrics, "consumer-metrics", "connection-count");
        OptionalDouble heartbeatAge = read(metrics, "consumer-coordinator-metrics", "last-heartbeat-seconds-ago");
        OptionalDouble partitions = read(metrics, "consumer-coordinator-metrics", "assigned-partitions");
        double age = heartbeatAge.orElse(-1);
        return new Membership(
                connections.orElse(0) > 0, age >= 0 ? age <= HEARTBEAT_AGE.toSeconds() : partitions.orElse(0) > 0);
    }

    private static OptionalDouble read(Map<MetricName, ? extends Metric> metrics, String group, String name) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name)
                        && entry.getKey().group().equals(group))
                .map(entry -> entry.getValue().metricValue())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .findAny();
    }
}
