package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the service's variables get into the pod: every one of them, and secrets by reference alone. */
class ChartConfigurationTest {

    private static final Map<String, String> SECRETS = Map.of(
            "JWT_SECRET", "jwt: {existingSecret: s, existingSecretKey: k}",
            "API_KEYS", "apiKeys: {existingSecret: s, existingSecretKey: k}",
            "REDIS_URL", "redis: {existingSecret: s, existingSecretKey: k}",
            "KAFKA_SASL_JAAS_CONFIG", "kafka: {existingSecret: s, existingSecretKeys: {KAFKA_SASL_JAAS_CONFIG: k}}",
            "KAFKA_SSL_TRUSTSTORE_PASSWORD",
                    "kafka: {existingSecret: s, existingSecretKeys: {KAFKA_SSL_TRUSTSTORE_PASSWORD: k}}",
            "KAFKA_SSL_KEYSTORE_PASSWORD",
                    "kafka: {existingSecret: s, existingSecretKeys: {KAFKA_SSL_KEYSTORE_PASSWORD: k}}",
            "KAFKA_SSL_KEY_PASSWORD", "kafka: {existingSecret: s, existingSecretKeys: {KAFKA_SSL_KEY_PASSWORD: k}}");

    /** They name files, which the chart mounts. */
    private static final Set<String> FILES = Set.of("TLS_CERT_FILE", "TLS_KEY_FILE", "REDIS_CA_FILE");

    /** Where a pod is better off with another value than a program on somebody's machine. */
    private static final Set<String> OTHER_DEFAULT =
            Set.of("APP_ENV", "NODE_ENV", "KAFKA_BROKERS", "ALLOWED_ORIGINS", "LOG_FORMAT", "PUBLIC_HOST_PORTS");

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void takesEveryVariableThatIsNoSecret() {
        Map<String, String> expected = new HashMap<>(EnvironmentExample.read());
        expected.keySet().removeAll(SECRETS.keySet());
        expected.keySet().removeAll(FILES);
        expected.put("KAFKA_ROUTES", "{routes: [{topic: t, event: e, rooms: [\"global\"]}]}");
        String values = expected.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": " + literal(entry.getValue()))
                .collect(Collectors.joining("\n", "config:\n", "\n"));
        expected.put("NODE_ENV", "test");

        Map<String, String> config = Chart.render(Chart.PRODUCTION, values, "config: {NODE_ENV: test}")
                .config();

        assertThat(config).containsAllEntriesOf(expected);
    }

    @Test
    void hasTheServicesOwnDefaultsAlmostEverywhere() {
        Map<String, String> config = Chart.render(Chart.PRODUCTION).config();
        Map<String, String> example = new HashMap<>(EnvironmentExample.read());
        example.keySet().removeAll(SECRETS.keySet());
        example.keySet().removeAll(FILES);
        example.keySet().removeAll(OTHER_DEFAULT);

        assertThat(config).containsAllEntriesOf(example);
        assertThat(config).containsEntry("APP_ENV", "production").containsEntry("LOG_FORMAT", "json");
    }

    @Test
    void takesEverySecretFromASecret() {
        SECRETS.forEach((variable, values) -> assertThat(Chart.render(Chart.PRODUCTION, values)
                        .env()
                        .get(variable)
                        .getValueFrom())
                .as(variable)
                .satisfies(from -> {
                    assertThat(from.getSecretKeyRef().getName()).isEqualTo("s");
                    assertThat(from.getSecretKeyRef().getKey()).isEqualTo("k");
                    assertThat(from.getSecretKeyRef().getOptional()).isNull();
                }));
    }

    @Test
    void writesLargeNumbersAsTheyAre() {
        Map<String, String> config =
                Chart.set(Map.of("config.OUTBOUND_MAX_BYTES", 1000000000L)).config();

        assertThat(config)
                .containsEntry("OUTBOUND_MAX_BYTES", "1000000000")
                .containsEntry("RATE_LIMIT_WINDOW", "60000");
    }

    @Test
    void leavesOutWhatIsNull() {
        assertThat(Chart.render(Chart.PRODUCTION, "config: {LOG_LEVEL: null}").config())
                .doesNotContainKey("LOG_LEVEL");
    }

    @Test
    void restartsPodsWhenTheConfigurationChanges() {
        assertThat(checksums("config: {LOG_LEVEL: debug}")).isNotEqualTo(checksums("{}"));
        assertThat(checksums("kafka: {routes: {roomTypes: [order]}}")).isNotEqualTo(checksums("{}"));
        assertThat(checksums("replicaCount: 2")).isEqualTo(checksums("{}"));
    }

    @Test
    void mountsRoutesKeysAndCertificatesAsFiles() {
        Rendered rendered = Chart.render(Chart.PRODUCTION, Configurations.everything());
        Map<String, String> mounts = rendered.container().getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));

        assertThat(rendered.pod().getVolumes())
                .extracting(Volume::getName)
                .doesNotHaveDuplicates()
                .containsAll(mounts.values());
        assertThat(rendered.container().getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().startsWith("/etc/"))
                .allMatch(VolumeMount::getReadOnly);
        assertThat(rendered.env().get("KAFKA_ROUTES_FILE").getValue())
                .isEqualTo("/etc/websocket-service/routes/routes.yaml");
        assertThat(rendered.env().get("JWT_PUBLIC_KEY_LOCATION").getValue())
                .isEqualTo("/etc/websocket-service/jwt/jwks.json");
        assertThat(rendered.env().get("REDIS_CA_FILE").getValue()).isEqualTo("/etc/websocket-service/redis/ca.crt");
        assertThat(rendered.env().get("TLS_CERT_FILE").getValue()).isEqualTo("/etc/websocket-service/tls/tls.crt");
        assertThat(rendered.env().get("TLS_KEY_FILE").getValue()).isEqualTo("/etc/websocket-service/tls/tls.key");
        assertThat(mounts)
                .containsKeys(
                        "/etc/websocket-service/routes",
                        "/etc/websocket-service/jwt",
                        "/etc/websocket-service/tls",
                        "/etc/websocket-service/kafka");
        String routes = rendered.named(ConfigMap.class, "push-websocket-service-routes")
                .getData()
                .get("routes.yaml");
        assertThat(Yaml.all(routes).get(0)).containsOnlyKeys("roomTypes", "routes");
    }

    private static Map<String, String> checksums(String values) {
        return Chart.render(Chart.PRODUCTION, values)
                .the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    /** Numbers as such, as people write them; the rest in quotes. */
    private static String literal(String value) {
        return value.matches("[0-9]+") ? value : "'" + value + "'";
    }
}
