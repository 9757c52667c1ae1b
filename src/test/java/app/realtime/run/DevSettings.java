package app.realtime.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the development server starts, and where.
 *
 * @param scheme of the public port
 * @param brokerPort the port of the broker to start; none when another broker is named, or none is wanted
 * @param kafka what to say about Kafka when all is ready
 * @param topics the topics to make
 */
record DevSettings(
        String scheme, int port, int managementPort, Optional<Integer> brokerPort, String kafka, List<String> topics) {

    /** The broker's port, unless this system property names another. */
    static final String BROKER_PORT_PROPERTY = "dev.kafka.port";

    private static final Map<String, String> TOPICS = Map.of(
            "KAFKA_TOPIC_RESPONSES", "survey.responses",
            "KAFKA_TOPIC_ANALYTICS", "survey.analytics",
            "KAFKA_TOPIC_LOCATIONS", "surveyor.locations",
            "KAFKA_TOPIC_NOTIFICATIONS", "system.notifications");

    /** @throws IllegalArgumentException for a port that is no port */
    static DevSettings from(Map<String, String> settings) {
        int own =
                port("the system property " + BROKER_PORT_PROPERTY, System.getProperty(BROKER_PORT_PROPERTY, "29092"));
        String brokers =
                settings.getOrDefault("KAFKA_BROKERS", "localhost:" + own).strip();
        boolean start = brokers.equals("localhost:" + own);
        String kafka = brokers.isEmpty() ? "no Kafka" : "Kafka " + brokers + (start ? "" : " (not started here)");
        return new DevSettings(
                scheme(settings),
                port("PORT", setting(settings, "PORT", "3002")),
                port("MANAGEMENT_PORT", setting(settings, "MANAGEMENT_PORT", "9080")),
                start ? Optional.of(own) : Optional.empty(),
                kafka,
                TOPICS.entrySet().stream()
                        .map(topic -> setting(settings, topic.getKey(), topic.getValue()))
                        .sorted()
                        .toList());
    }

    /** What the public port speaks. */
    static String scheme(Map<String, String> settings) {
        return setting(settings, "TLS_CERT_FILE", "").isEmpty() ? "http" : "https";
    }

    /** One sentence for each port that something else listens on. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (port == managementPort) {
            problems.add("PORT and MANAGEMENT_PORT are both " + port + ": give them different values.");
        }
        taken(port, "PORT", problems);
        taken(managementPort, "MANAGEMENT_PORT", problems);
        brokerPort
                .filter(Ports::isTaken)
                .ifPresent(taken -> problems.add("Port " + taken + ", for Kafka, is taken by another process."
                        + " End that process; or, if it is a broker to use,"
                        + " name it otherwise, as in KAFKA_BROKERS=127.0.0.1:" + taken + "."));
        return problems;
    }

    String ready() {
        return "Ready: " + scheme + "://localhost:" + port + ", management http://localhost:" + managementPort + ", "
                + kafka + ". Ctrl-C ends it.";
    }

    private static void taken(int port, String variable, List<String> problems) {
        if (Ports.isTaken(port)) {
            problems.add("Port " + port + " (" + variable + ") is taken by another process."
                    + " End that process, or choose another port, as in " + variable + "=" + (port + 1000) + ".");
        }
    }

    private static String setting(Map<String, String> settings, String name, String otherwise) {
        String value = settings.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private static int port(String name, String value) {
        if (value.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(value);
            if (port > 0 && port < 65536) {
                return port;
            }
        }
        throw new IllegalArgumentException(
                name + " is \"" + value + "\", which is no port: give a number from 1 to 65535.");
    }
}
