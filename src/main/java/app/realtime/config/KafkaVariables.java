package app.realtime.config;

import static app.realtime.config.Variable.KAFKA_BROKERS;
import static app.realtime.config.Variable.KAFKA_CLIENT_ID;
import static app.realtime.config.Variable.KAFKA_GROUP_ID;
import static app.realtime.config.Variable.KAFKA_TOPIC_ANALYTICS;
import static app.realtime.config.Variable.KAFKA_TOPIC_LOCATIONS;
import static app.realtime.config.Variable.KAFKA_TOPIC_NOTIFICATIONS;
import static app.realtime.config.Variable.KAFKA_TOPIC_RESPONSES;

import app.realtime.kafka.KafkaSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brokers and topics. */
final class KafkaVariables {

    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** What Kafka itself accepts as the name of a topic. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private final Values values;
    private final Map<Variable, String> topics = new EnumMap<>(Variable.class);

    KafkaVariables(Values values) {
        this.values = values;
    }

    KafkaSettings read() {
        return new KafkaSettings(
                brokers(),
                values.text(KAFKA_CLIENT_ID),
                values.text(KAFKA_GROUP_ID),
                topic(KAFKA_TOPIC_RESPONSES),
                topic(KAFKA_TOPIC_ANALYTICS),
                topic(KAFKA_TOPIC_LOCATIONS),
                topic(KAFKA_TOPIC_NOTIFICATIONS));
    }

    private Optional<String> brokers() {
        if (values.isSetEmpty(KAFKA_BROKERS)) {
            return Optional.empty();
        }
        List<String> brokers = values.list(KAFKA_BROKERS);
        if (brokers.isEmpty()) {
            values.problems()
                    .add(
                            KAFKA_BROKERS,
                            "names no broker; expected host:port,host:port, or nothing to do without Kafka");
        }
        for (String broker : brokers) {
            if (!isBroker(broker)) {
                values.problems()
                        .add(
                                KAFKA_BROKERS,
                                Problems.quote(broker) + " is not host:port; expected for example kafka:9092");
            }
        }
        return Optional.of(String.join(",", brokers));
    }

    private static boolean isBroker(String text) {
        var matcher = BROKER.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int port = Integer.parseInt(matcher.group(1));
        return port >= 1 && port <= MAX_PORT;
    }

    private String topic(Variable variable) {
        String topic = values.text(variable);
        if (!TOPIC.matcher(topic).matches()) {
            values.problems()
                    .add(
                            variable,
                            Problems.quote(topic)
                                    + " is not a topic name; expected 1 to 249 of A-Z a-z 0-9 . _ - (not . or .. alone)");
        }
        topics.forEach((other, name) -> {
            if (name.equals(topic)) {
                values.problems()
                        .add(variable, Problems.quote(topic) + " is also " + other + "; expected a topic of its own");
            }
        });
        topics.put(variable, topic);
        return topic;
    }
}
