package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JmxConsumerProbeTest {

    // Held, because loggers are kept weakly. The client lists its whole configuration at INFO.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @BeforeAll
    static void quietClient() {
        KAFKA.setLevel(Level.WARNING);
    }

    @AfterAll
    static void talkativeClient() {
        KAFKA.setLevel(null);
    }

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final JmxConsumerProbe probe = new JmxConsumerProbe(server);

    @ParameterizedTest
    @CsvSource({
        // connections, seconds since the last heartbeat, partitions: consuming?
        "2, 1, 3, true",
        "2, 5, 0, true",
        "2, 6, 3, false",
        "2, -1, 0, false",
        "2, -1, 1, true",
        "0, 1, 3, false",
    })
    void consumesWithAConnectionAndALiveMembership(
            double connections, double heartbeatAge, double partitions, boolean consuming) throws JMException {
        publish("consumer-metrics", Map.of("connection-count", connections));
        publish(
                "consumer-coordinator-metrics",
                Map.of("last-heartbeat-seconds-ago", heartbeatAge, "assigned-partitions", partitions));

        assertThat(probe.isConsuming("it")).isEqualTo(consuming);
    }

    @Test
    void doesNotConsumeWithoutAConsumer() throws JMException {
        assertThat(probe.isConsuming("it")).isFalse();

        publish("consumer-metrics", Map.of("connection-count", 2.0));
        assertThat(probe.isConsuming("it")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket-service-responses", "a b.c_%", "a,b=c*?\"", "größe:1"})
    void knowsTheNamesThatKafkaGives(String clientId) throws JMException {
        MBeanServer platform = ManagementFactory.getPlatformMBeanServer();
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                "localhost:1",
                "client.id",
                clientId,
                "group.id",
                "g",
                "enable.auto.commit",
                "false");

        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThat(consumer.metrics()).isNotEmpty();
            assertThat(platform.getAttribute(
                            JmxConsumerProbe.beanName("consumer-metrics", clientId), "connection-count"))
                    .isEqualTo(0.0);
            for (String attribute : new String[] {"last-heartbeat-seconds-ago", "assigned-partitions"}) {
                assertThat(platform.getAttribute(
                                JmxConsumerProbe.beanName("consumer-coordinator-metrics", clientId), attribute))
                        .isInstanceOf(Number.class);
            }
        }
    }

    private void publish(String type, Map<String, Object> attributes) throws JMException {
        server.registerMBean(new Metrics(new HashMap<>(attributes)), JmxConsumerProbe.beanName(type, "it"));
    }

    /** Attributes with names that no getter can have. */
    private record Metrics(Map<String, Object> attributes) implements DynamicMBean {

        @Override
        public Object getAttribute(String name) throws AttributeNotFoundException {
            if (!attributes.containsKey(name)) {
                throw new AttributeNotFoundException(name);
            }
            return attributes.get(name);
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList setAttributes(AttributeList list) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object invoke(String action, Object[] parameters, String[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(Metrics.class.getName(), "metrics of a consumer", null, null, null, null);
        }
    }
}
