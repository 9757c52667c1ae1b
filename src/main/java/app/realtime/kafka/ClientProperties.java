package app.realtime.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/** The properties of the Kafka clients: ours, and what the settings add. Immutable. */
public final class ClientProperties {

    private static final String VARIABLE = "KAFKA_";
    private static final String CONSUMER_VARIABLE = "KAFKA_CONSUMER_";

    /** What at-least-once delivery and the other variables rest upon. */
    private static final Set<String> OURS = Set.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.CLIENT_ID_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private final KafkaSettings settings;

    ClientProperties(KafkaSettings settings) {
        this.settings = settings;
    }

    /** The variables that set encryption and authentication, and the property of each. */
    public static Map<String, String> connectionVariables() {
        return variables(VARIABLE, AdminClientConfig.configNames().stream().filter(ClientProperties::isConnection));
    }

    /** The variables that set other properties of the consumer, and the property of each. */
    public static Map<String, String> consumerVariables() {
        return variables(
                CONSUMER_VARIABLE,
                ConsumerConfig.configNames().stream().filter(name -> !OURS.contains(name) && !isConnection(name)));
    }

    /** What the Kafka client first has against these values, by property; quotes no password. */
    public static Map<String, String> problems(Map<String, String> properties) {
        Map<String, String> problems = new TreeMap<>();
        for (ConfigValue value : ConsumerConfig.configDef().validate(properties)) {
            if (properties.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
                problems.put(value.name(), value.errorMessages().get(0));
            }
        }
        if (properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG)
                && !isJaas(properties.get(SaslConfigs.SASL_JAAS_CONFIG))) {
            // The client would say what is wrong by quoting it.
            problems.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "is no JAAS configuration, such as org.apache.kafka.common.security.plain.PlainLoginModule required"
                            + " username=\"...\" password=\"...\";");
        }
        return problems;
    }

    private static boolean isJaas(String text) {
        try {
            return !JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)))
                    .configurationEntries()
                    .isEmpty();
        } catch (IllegalArgumentException | KafkaException e) {
            return false;
        }
    }

    private static boolean isConnection(String property) {
        return property.startsWith("security.") || property.startsWith("sasl.") || property.startsWith("ssl.");
    }

    private static Map<String, String> variables(String prefix, Stream<String> properties) {
        Map<String, String> variables = new TreeMap<>();
        properties.forEach(
                name -> variables.put(prefix + name.toUpperCase(Locale.ROOT).replace('.', '_'), name));
        return variables;
    }

    /** For the consumer of all topics. */
    Map<String, Object> consumer() {
        Map<String, Object> properties = common("");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A new group begins at the end: GroupBeginning commits that. What has no committed offset then is younger than
        // the group, or quiet, and is read from its first record.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What a producer took back is no event.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Topics are not made by reading them; one that is made later is found within this time.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        // An instance that died without leaving is replaced after this time; the heartbeat tells how it stands, too.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        // An instance that comes or goes does not interrupt the others.
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        // What the consumer itself holds; the lanes hold up to 16 MB more.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.putAll(settings.consumer());
        return properties;
    }

    /** For the consumer of dead letters that are sent through again. */
    Map<String, Object> redrive(int limit) {
        Map<String, Object> properties = consumer();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.clientId() + "-redrive");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId() + ".redrive");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, limit);
        return properties;
    }

    /** For the producer of dead letters. */
    Map<String, Object> producer() {
        Map<String, Object> properties = common("-dead-letters");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A producer that numbers its records for the brokers is of no use any more once they have refused it; and a
        // dead
        // letter may be there twice.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        // One that waits for a topic that does not exist holds up those of other topics.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        // The brokers decide what is too large.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * 1024 * 1024);
        return properties;
    }

    /** For the producers of records that somebody tries out, who waits for the answer. */
    Map<String, Object> trialProducer() {
        Map<String, Object> properties = common("-trial");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * RecordProcessor.MAX_BYTES);
        return properties;
    }

    /** For an administrative client. */
    Map<String, Object> admin() {
        Map<String, Object> properties = common("-admin");
        // While no broker answers, an administrative client of 4.4 that may bootstrap anew does so faster and faster
        // (800 times a second after 20 s); this one is closed after each attempt instead.
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return properties;
    }

    private Map<String, Object> common(String suffix) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.brokers().orElse(""));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + suffix);
        // Host names are resolved in the background, for as long as it takes (about 292 million years).
        properties.put(CommonClientConfigs.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, Long.MAX_VALUE);
        // A broker that comes back is found within about three seconds.
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 3_000);
        properties.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.putAll(settings.connection());
        return properties;
    }
}
