package app.realtime.kafka;

import java.util.Optional;

/**
 * Where records come from. Immutable.
 *
 * @param brokers {@code host:port} pairs, separated by commas; empty when the service runs without Kafka
 * @param clientId what brokers see in their logs and quotas; each topic's consumer adds its channel's name
 * @param groupId the consumer group, whose members share the partitions
 * @param responsesTopic topic of survey responses
 * @param analyticsTopic topic of analytics updates
 * @param locationsTopic topic of surveyors' locations
 * @param notificationsTopic topic of notifications
 */
public record KafkaSettings(
        Optional<String> brokers,
        String clientId,
        String groupId,
        String responsesTopic,
        String analyticsTopic,
        String locationsTopic,
        String notificationsTopic) {}
