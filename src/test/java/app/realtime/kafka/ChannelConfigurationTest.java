package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelConfigurationTest {

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

    private static final String CHANNEL = "mp.messaging.incoming.";
    private static final String CONNECTOR = "mp.messaging.connector.supervised-kafka.";

    private static final KafkaSettings SETTINGS = new KafkaSettings(
            Optional.of("no-such-host.invalid:9092"), "client", "group", "r.topic", "a.topic", "l.topic", "n.topic");

    @Test
    void everyChannelHasTheSupervisedConnector() throws IOException {
        Map<String, String> file = file();

        assertThat(Stream.of(Channel.values()).map(each -> CHANNEL + each.channelName() + ".connector"))
                .allSatisfy(key -> assertThat(file).containsEntry(key, "supervised-kafka"));
        assertThat(file.keySet()).filteredOn(key -> key.startsWith(CHANNEL)).hasSize(Channel.values().length);
    }

    @Test
    void theFileNamesPropertiesThatKafkaKnows() throws IOException {
        Set<String> known = ConsumerConfig.configNames();

        assertThat(ofConnector())
                .isNotEmpty()
                .allSatisfy((key, value) -> assertThat(known).contains(key));
        assertThat(file().keySet())
                .filteredOn(key -> key.startsWith("mp.messaging."))
                .allMatch(key -> key.startsWith(CHANNEL) || key.startsWith(CONNECTOR));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void settingsDecideWhereAChannelReads(Channel channel) throws IOException {
        Map<String, String> consumer = configuration(channel).consumer();

        assertThat(consumer)
                .containsEntry("topic", channel.channelName().charAt(0) + ".topic")
                .containsEntry("client.id", "client-" + channel.channelName())
                .containsEntry("group.id", "group")
                .containsEntry("bootstrap.servers", "no-such-host.invalid:9092")
                .containsEntry("auto.offset.reset", "earliest");
    }

    @Test
    void passesOnWhatElseIsConfigured() {
        ChannelConfiguration configuration = new ChannelConfiguration(
                Channel.RESPONSES,
                SETTINGS,
                "broker:1",
                Map.of("security.protocol", "SSL", "group.id", "another", "connector", "supervised-kafka"));

        assertThat(configuration.consumer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("group.id", "group")
                .doesNotContainKey("connector");
        assertThat(configuration.admin())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("client.id", "client-admin")
                .doesNotContainKey("group.id");
    }

    @Test
    void aHostThatDoesNotResolveStopsNeitherClient() throws IOException {
        Map<String, Object> consumer =
                new HashMap<>(configuration(Channel.RESPONSES).consumer());
        consumer.keySet().retainAll(ConsumerConfig.configNames());
        Map<String, Object> admin = configuration(Channel.RESPONSES).admin();

        assertThatCode(() -> new KafkaConsumer<byte[], byte[]>(consumer).close())
                .doesNotThrowAnyException();
        assertThatCode(() -> Admin.create(admin).close()).doesNotThrowAnyException();
        assertThat(AdminClientConfig.configNames()).containsAll(admin.keySet());
    }

    private static ChannelConfiguration configuration(Channel channel) throws IOException {
        return new ChannelConfiguration(channel, SETTINGS, SETTINGS.brokers().orElseThrow(), ofConnector());
    }

    /** What the container hands to a channel's connector. */
    private static Map<String, String> ofConnector() throws IOException {
        Map<String, String> properties = new HashMap<>();
        file().forEach((key, value) -> {
            if (key.startsWith(CONNECTOR)) {
                properties.put(key.substring(CONNECTOR.length()), value);
            }
        });
        return properties;
    }

    private static Map<String, String> file() throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                ChannelConfigurationTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            properties.load(in);
        }
        Map<String, String> copy = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> copy.put(key, properties.getProperty(key)));
        return copy;
    }
}
