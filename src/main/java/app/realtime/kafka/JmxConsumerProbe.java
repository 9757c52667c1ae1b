package app.realtime.kafka;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Reads the metrics that every Kafka consumer publishes by JMX. A consumer can receive when it has a connection and
 * has recently sent a heartbeat, which only a member of the group does; until the first heartbeat, when it has been
 * given partitions. A member without partitions, in a group with more members than those, counts as able.
 */
final class JmxConsumerProbe implements ConsumerProbe {

    /** A few heartbeats' time: META-INF/microprofile-config.properties has them once a second. */
    static final Duration HEARTBEAT_AGE = Duration.ofSeconds(5);

    // What Kafka leaves as it is; ids with anything else are quoted.
    private static final Pattern PLAIN = Pattern.compile("[\\w%. \t-]*");

    private final MBeanServer server;

    JmxConsumerProbe(MBeanServer server) {
        this.server = server;
    }

    @Override
    public boolean isConsuming(String clientId) {
        OptionalDouble connections = read("consumer-metrics", clientId, "connection-count");
        OptionalDouble heartbeatAge = read("consumer-coordinator-metrics", clientId, "last-heartbeat-seconds-ago");
        OptionalDouble partitions = read("consumer-coordinator-metrics", clientId, "assigned-partitions");
        return connections.orElse(0) > 0 && isMember(heartbeatAge.orElse(-1), partitions.orElse(0));
    }

    /** The name that Kafka gives to a consumer's metrics. */
    static ObjectName beanName(String type, String clientId) throws MalformedObjectNameException {
        String id = PLAIN.matcher(clientId).matches() ? clientId : ObjectName.quote(clientId);
        return new ObjectName("kafka.consumer:type=" + type + ",client-id=" + id);
    }

    private static boolean isMember(double heartbeatAge, double partitions) {
        return heartbeatAge >= 0 ? heartbeatAge <= HEARTBEAT_AGE.toSeconds() : partitions > 0;
    }

    private OptionalDouble read(String type, String clientId, String attribute) {
        try {
            Object value = server.getAttribute(beanName(type, clientId), attribute);
            return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
        } catch (JMException e) {
            // There is no such consumer now, or it has not published this metric yet: it is not consuming.
            return OptionalDouble.empty();
        }
    }
}
