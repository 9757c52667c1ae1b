package app.realtime.config;

import app.realtime.kafka.ClientProperties;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the Kafka clients reach the brokers, in Kafka's own terms: KAFKA_SASL_MECHANISM is sasl.mechanism, and so on. */
final class KafkaClientVariables {

    private static final List<String> PROTOCOLS = List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    private final Values values;

    KafkaClientVariables(Values values) {
        this.values = values;
    }

    /** Encryption and authentication, for every client. */
    Map<String, String> connection() {
        Map<String, String> variables = ClientProperties.connectionVariables();
        Map<String, String> properties = properties(variables);
        String protocol = properties.getOrDefault("security.protocol", "PLAINTEXT");
        if (!PROTOCOLS.contains(protocol)) {
            values.problems()
                    .add(
                            Variable.KAFKA_SECURITY_PROTOCOL,
                            Problems.quote(protocol) + " is not known; expected one of "
                                    + String.join(", ", PROTOCOLS));
        } else {
            ignored(variables, properties, "sasl.", protocol.startsWith("SASL"), "SASL_PLAINTEXT or SASL_SSL");
            ignored(variables, properties, "ssl.", protocol.endsWith("SSL"), "SSL or SASL_SSL");
            check(variables, properties);
        }
        variables.forEach((variable, property) -> {
            if (property.endsWith(".location") && properties.containsKey(property)) {
                checkFile(variable, properties.get(property));
            }
        });
        return properties;
    }

    /** What the consumer does otherwise than by itself. */
    Map<String, String> consumer() {
        Map<String, String> variables = ClientProperties.consumerVariables();
        Map<String, String> properties = properties(variables);
        check(variables, properties);
        return properties;
    }

    private Map<String, String> properties(Map<String, String> variables) {
        Map<String, String> properties = new HashMap<>();
        variables.forEach(
                (variable, property) -> values.ofFamily(variable).ifPresent(value -> properties.put(property, value)));
        return properties;
    }

    /** A password that nobody is asked for is a mistake, and most likely one of the protocol. */
    private void ignored(
            Map<String, String> variables,
            Map<String, String> properties,
            String family,
            boolean used,
            String protocols) {
        variables.forEach((variable, property) -> {
            if (!used && property.startsWith(family) && properties.containsKey(property)) {
                values.problems()
                        .add(
                                variable,
                                "is set, and would have no effect; expected with it KAFKA_SECURITY_PROTOCOL="
                                        + protocols);
            }
        });
    }

    private void check(Map<String, String> variables, Map<String, String> properties) {
        Map<String, String> problems = ClientProperties.problems(properties);
        variables.forEach((variable, property) -> {
            if (problems.containsKey(property)) {
                values.problems()
                        .add(variable, problems.get(property) + "; expected what Kafka's " + property + " may be");
            }
        });
    }

    private void checkFile(String variable, String location) {
        try {
            if (Files.isReadable(Path.of(location))) {
                return;
            }
        } catch (InvalidPathException e) {
            values.problems().add(variable, Problems.quote(location) + " is no path; expected a file");
            return;
        }
        values.problems().add(variable, Problems.quote(location) + " cannot be read; expected a file");
    }
}
