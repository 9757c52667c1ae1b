package app.realtime.kafka;

import app.realtime.kafka.route.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where records come from, and what becomes of them. Immutable.
 *
 * @param brokers {@code host:port} pairs, separated by commas; empty when the service runs without Kafka
 * @param clientId what brokers see in their logs and quotas
 * @param groupId the consumer group, whose members share the partitions
 * @param connection properties of every client: encryption and authentication; secret
 * @param consumer properties of the consumer that differ from ours
 * @param deadLetterSuffix what a topic's name and that of its dead letters differ by; empty: they are logged only
 * @param recordTimeout how long the processing of one record may take
 * @param routes what the topics' records become
 */
public record KafkaSettings(
        Optional<String> brokers,
        String clientId,
        String groupId,
        Map<String, String> connection,
        Map<String, String> consumer,
        Optional<String> deadLetterSuffix,
        Duration recordTimeout,
        Routes routes) {

    public KafkaSettings {
        connection = Map.copyOf(connection);
        consumer = Map.copyOf(consumer);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[brokers=%s, groupId=%s, topics=%s]".formatted(brokers, groupId, routes.topics());
    }
}
