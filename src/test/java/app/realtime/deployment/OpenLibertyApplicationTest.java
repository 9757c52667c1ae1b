package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example for the Open Liberty Operator: as careful as the chart. */
class OpenLibertyApplicationTest {

    private final Map<String, Object> spec =
            Yaml.map(Yaml.file(Chart.DIRECTORY.resolve("examples/open-liberty-application.yaml")), "spec");

    @Test
    void isAnApplicationOfTheOperator() {
        assertThat(Yaml.file(Chart.DIRECTORY.resolve("examples/open-liberty-application.yaml")))
                .containsEntry("apiVersion", "apps.openliberty.io/v1")
                .containsEntry("kind", "OpenLibertyApplication");
    }

    @Test
    void probesTheManagementPort() {
        Map<String, String> paths =
                Map.of("startup", "/health/started", "readiness", "/health/ready", "liveness", "/health/live");

        paths.forEach((probe, path) -> assertThat(Yaml.map(spec, "probes", probe, "httpGet"))
                .containsEntry("path", path)
                .containsEntry("port", 9080));
    }

    @Test
    void exposesThePublicPortAlone() {
        assertThat(Yaml.map(spec, "service")).containsEntry("targetPort", 3002).containsEntry("type", "ClusterIP");
        assertThat(Yaml.map(spec, "serviceAccount")).containsEntry("mountToken", false);
    }

    @Test
    void setsVariablesThatThereAreAndNoSecret() {
        List<Map<String, Object>> variables = Yaml.list(spec, "env");

        assertThat(variables)
                .extracting(variable -> (String) variable.get("name"))
                .isSubsetOf(EnvironmentExample.read().keySet())
                .doesNotContain("JWT_SECRET", "API_KEYS", "REDIS_URL", "KAFKA_SASL_JAAS_CONFIG");
    }

    @Test
    void isConfinedAndHasPlacesToWrite() {
        List<Map<String, Object>> mounts = Yaml.list(spec, "volumeMounts");

        assertThat(Yaml.map(spec, "securityContext"))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true);
        assertThat(Yaml.map(spec, "resources", "limits")).containsKeys("cpu", "memory");
        assertThat(mounts).extracting(mount -> mount.get("mountPath")).containsExactlyInAnyOrder("/output", "/tmp");
    }
}
