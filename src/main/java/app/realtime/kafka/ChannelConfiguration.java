package app.realtime.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/**
 * The Kafka properties of one channel: those that the container read for it, from
 * {@code META-INF/microprofile-config.properties} and whatever overrides it, and those that the settings decide.
 */
final class ChannelConfiguration {

    private final Map<String, String> properties = new HashMap<>();
    private final KafkaSettings settings;

    ChannelConfiguration(Channel channel, KafkaSettings settings, String brokers, Map<String, String> configured) {
        this.settings = settings;
        properties.putAll(configured);
        properties.remove(ConnectorFactory.CONNECTOR_ATTRIBUTE);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, channel.clientId(settings));
        properties.put(CommonClientConfigs.GROUP_ID_CONFIG, settings.groupId());
        properties.put("topic", channel.topic(settings));
    }

    /** All properties of a configuration. */
    static Map<String, String> read(Config configured) {
        Map<String, String> properties = new HashMap<>();
        for (String name : configured.getPropertyNames()) {
            configured.getOptionalValue(name, String.class).ifPresent(value -> properties.put(name, value));
        }
        return properties;
    }

    /** What Liberty's connector is told. */
    Map<String, String> consumer() {
        return Map.copyOf(properties);
    }

    /** The same, as the connector takes it. */
    Config consumerConfig() {
        return ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(new Properties(consumer()))
                .build();
    }

    /** What an administrative client needs to reach the same brokers. */
    Map<String, Object> admin() {
        Map<String, Object> admin = new HashMap<>(properties);
        admin.keySet().retainAll(AdminClientConfig.configNames());
        admin.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + "-admin");
        // While no broker answers, an administrative client of 4.4 that may bootstrap anew does so faster and faster
        // (800 times a second after 20 s); this one is closed after each attempt instead.
        admin.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        admin.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        return admin;
    }

    /** Fixed properties as a source. */
    private record Properties(Map<String, String> properties) implements ConfigSource {

        @Override
        public Map<String, String> getProperties() {
            return properties;
        }

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "kafka-channel";
        }
    }
}
