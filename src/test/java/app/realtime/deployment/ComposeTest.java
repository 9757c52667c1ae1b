package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compose.yaml starts, and how. */
class ComposeTest {

    private final Map<String, Object> services = Yaml.map(Yaml.file(Path.of("compose.yaml")), "services");

    @Test
    void startsTheServiceWithKafkaAndRedis() {
        assertThat(services).containsOnlyKeys("websocket-service", "kafka", "redis");
        assertThat(service("websocket-service"))
                .containsEntry("build", ".")
                .containsEntry("container_name", "websocket-service");
        assertThat(service("kafka")).containsEntry("container_name", "survey-kafka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket-service", "kafka", "redis"})
    void knowsWhenEachIsHealthyAndWhichImageItIs(String name) {
        assertThat((String) service(name).get("image")).matches("[a-z./-]+:[0-9]+\\.[0-9]+\\.[0-9]+.*");
        List<String> test = Yaml.list(Yaml.map(service(name), "healthcheck"), "test");
        assertThat(test).hasSizeGreaterThan(1).startsWith("CMD");
    }

    @Test
    void waitsForWhatTheServiceUses() {
        assertThat(Yaml.map(service("websocket-service"), "depends_on"))
                .containsOnlyKeys("kafka", "redis")
                .allSatisfy((name, how) -> assertThat(how).isEqualTo(Map.of("condition", "service_healthy")));
    }

    @Test
    void publishesThePortsOfTheContract() {
        assertThat(Yaml.<String>list(service("websocket-service"), "ports"))
                .extracting(port -> resolve(port, Map.of()))
                .containsExactly("3002:3002", "127.0.0.1:9080:9080");
        assertThat(Yaml.<String>list(service("kafka"), "ports")).containsExactly("127.0.0.1:29092:29092");
        assertThat(service("redis")).doesNotContainKey("ports");
    }

    @Test
    void setsVariablesThatThereAre() {
        assertThat(EnvironmentExample.read().keySet())
                .containsAll(environment(Map.of()).keySet());
    }

    @Test
    void runsAsInProductionUnlessItIsToldOtherwise() {
        assertThat(environment(Map.of()))
                .containsEntry("APP_ENV", "production")
                .containsEntry("KAFKA_BROKERS", "kafka:9092")
                .containsEntry("JWT_SECRET", "refused: JWT_SECRET");
        assertThat(environment(Map.of("NODE_ENV", "test"))).containsEntry("APP_ENV", "test");
        assertThat(environment(EnvironmentExample.read()))
                .containsEntry("APP_ENV", "development")
                .containsEntry("JWT_SECRET", "your-secret-key-change-in-production")
                .containsEntry("KAFKA_BROKERS", "kafka:9092");
    }

    @Test
    void letsClientsNameThePortOutside() {
        assertThat(environment(Map.of("PORT", "4002")))
                .containsEntry("PORT", "3002")
                .containsEntry("PUBLIC_HOST_PORTS", "*:80,*:443,*:4002");
    }

    @Test
    void tellsClientsOfKafkaAnAddressThatTheyReach() {
        Map<String, Object> kafka = Yaml.map(service("kafka"), "environment");

        assertThat(kafka)
                .containsEntry("KAFKA_PROCESS_ROLES", "broker,controller")
                .containsEntry("KAFKA_ADVERTISED_LISTENERS", "INTERNAL://kafka:9092,HOST://localhost:29092");
        assertThat(names((String) kafka.get("KAFKA_LISTENERS")))
                .isEqualTo(names((String) kafka.get("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP")));
    }

    @Test
    void confinesTheServiceAndGivesItTimeToEnd() {
        Map<String, Object> service = service("websocket-service");

        assertThat(service)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("stop_grace_period", "45s");
        assertThat(Yaml.<String>list(service, "tmpfs"))
                .as("what the image writes to")
                .extracting(mount -> mount.split(":")[0])
                .containsExactlyInAnyOrder("/tmp", "/output");
    }

    private Map<String, Object> service(String name) {
        return Yaml.map(services, name);
    }

    private Map<String, String> environment(Map<String, String> outside) {
        Map<String, String> environment = new TreeMap<>();
        Yaml.map(service("websocket-service"), "environment")
                .forEach((name, value) -> environment.put(name, resolve((String) value, outside)));
        return environment;
    }

    /** {@code ${A:-otherwise}} and {@code ${A:?message}}, as Compose understands them. */
    private static String resolve(String text, Map<String, String> outside) {
        Pattern innermost = Pattern.compile("\\$\\{([A-Z_]+):([-?])([^${}]*)}");
        String resolved = innermost.matcher(text).replaceAll(use -> {
            String value = outside.getOrDefault(use.group(1), "");
            String otherwise = use.group(2).equals("?") ? "refused: " + use.group(1) : use.group(3);
            return Matcher.quoteReplacement(value.isEmpty() ? otherwise : value);
        });
        return resolved.equals(text) ? text : resolve(resolved, outside);
    }

    private static List<String> names(String listeners) {
        return Pattern.compile("([A-Z]+):(?=/|[A-Z])")
                .matcher(listeners)
                .results()
                .map(name -> name.group(1))
                .toList();
    }
}
