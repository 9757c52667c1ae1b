package app.realtime.config;

import static app.realtime.config.Variable.KAFKA_BROKERS;
import static app.realtime.config.Variable.KAFKA_CLIENT_ID;
import static app.realtime.config.Variable.KAFKA_DEAD_LETTER_SUFFIX;
import static app.realtime.config.Variable.KAFKA_GROUP_ID;
import static app.realtime.config.Variable.KAFKA_RECORD_TIMEOUT;
import static app.realtime.config.Variable.KAFKA_TOPIC_ANALYTICS;
import static app.realtime.config.Variable.KAFKA_TOPIC_LOCATIONS;
import static app.realtime.config.Variable.KAFKA_TOPIC_NOTIFICATIONS;
import static app.realtime.config.Variable.KAFKA_TOPIC_RESPONSES;

import app.realtime.kafka.KafkaSettings;
import app.realtime.kafka.route.Route;
import app.realtime.kafka.route.RouteTable;
import app.realtime.kafka.route.Routes;
import app.realtime.rooms.RoomType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Brokers, topics and what becomes of their records. */
final class KafkaVariables {

    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Values values;
    /** The topics that are built in, and the variable of each. */
    private final Map<String, String> topics = new LinkedHashMap<>();

    private final RouteTable configured;
    private final KafkaSettings settings;

    KafkaVariables(Values values) {
        this.values = values;
        List<Route> builtIn = Routes.builtIn(
                topic(KAFKA_TOPIC_RESPONSES),
                topic(KAFKA_TOPIC_ANALYTICS),
                topic(KAFKA_TOPIC_LOCATIONS),
                topic(KAFKA_TOPIC_NOTIFICATIONS));
        configured = new KafkaRouteVariables(values).read(topics);
        KafkaClientVariables clients = new KafkaClientVariables(values);
        settings = new KafkaSettings(
                brokers(),
                values.text(KAFKA_CLIENT_ID),
                values.text(KAFKA_GROUP_ID),
                clients.connection(),
                clients.consumer(),
                deadLetterSuffix(),
                values.millis(KAFKA_RECORD_TIMEOUT),
                routes(builtIn));
    }

    KafkaSettings settings() {
        return settings;
    }

    /** Room types that routes declare. */
    List<RoomType> roomTypes() {
        return configured.types();
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
        if (!Route.isTopic(topic)) {
            values.problems().add(variable, Problems.quote(topic) + ' ' + Route.NO_TOPIC);
        }
        String other = topics.putIfAbsent(topic, variable.name());
        if (other != null) {
            values.problems()
                    .add(variable, Problems.quote(topic) + " is also " + other + "; expected a topic of its own");
        }
        return topic;
    }

    /** What dead letters are called is not what a topic is called that is read. */
    private Optional<String> deadLetterSuffix() {
        if (values.isSetEmpty(KAFKA_DEAD_LETTER_SUFFIX)) {
            return Optional.empty();
        }
        String suffix = values.text(KAFKA_DEAD_LETTER_SUFFIX);
        if (!SUFFIX.matcher(suffix).matches()) {
            values.problems()
                    .add(
                            KAFKA_DEAD_LETTER_SUFFIX,
                            Problems.quote(suffix)
                                    + " cannot end a topic's name; expected 1 to 64 of A-Z a-z 0-9 . _ -, or nothing to"
                                    + " log rejected records only");
            return Optional.empty();
        }
        Stream.concat(topics.keySet().stream(), configured.routes().stream().map(Route::topic))
                .filter(topic -> topic.endsWith(suffix))
                .forEach(
                        topic -> values.problems()
                                .add(
                                        KAFKA_DEAD_LETTER_SUFFIX,
                                        "is the end of the topic " + Problems.quote(topic)
                                                + ", which is read; expected another, or dead letters would be read again and again"));
        Stream.concat(topics.keySet().stream(), configured.routes().stream().map(Route::topic))
                .filter(topic -> Route.isTopic(topic) && !Route.isTopic(topic + suffix))
                .forEach(topic -> values.problems()
                        .add(
                                KAFKA_DEAD_LETTER_SUFFIX,
                                "makes the name of " + Problems.quote(topic)
                                        + " too long; expected no more than 249 characters with it"));
        return Optional.of(suffix);
    }

    private Routes routes(List<Route> builtIn) {
        if (!values.problems().lines().isEmpty()) {
            // There may be two for one topic; nothing is made of them anyway.
            return new Routes(List.of());
        }
        List<Route> all = new ArrayList<>(builtIn);
        all.addAll(configured.routes());
        return new Routes(all);
    }
}
