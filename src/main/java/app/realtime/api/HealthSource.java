package app.realtime.api;

import java.time.Duration;
import java.util.Locale;

/** Where {@code GET /health} has its answer from. Thread-safe, cheap: anybody may ask, often. */
@FunctionalInterface
public interface HealthSource {

    Health health();

    /** In one word. */
    enum Status {
        HEALTHY,
        /** It serves, but something that is configured cannot be reached. */
        DEGRADED,
        /** It does not serve: it is starting or stopping, or broken. */
        UNHEALTHY;

        /** The status as answers name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How this instance is at one moment.
     *
     * @param serving whether new connections are accepted and events delivered
     * @param version of the service
     * @param uptime since the start
     * @param open whether anybody may see the names of topics, as in development
     */
    record Health(
            boolean serving,
            String version,
            Duration uptime,
            ConnectionCounts connections,
            KafkaReport kafka,
            ClusterState cluster,
            boolean open) {

        public Status status() {
            if (!serving) {
                return Status.UNHEALTHY;
            }
            return kafka.state().isImpaired() || cluster.isImpaired() ? Status.DEGRADED : Status.HEALTHY;
        }
    }
}
