package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart refuses, and that it says which value to set. */
class ChartGuardTest {

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void refusesAnInstallationWithoutKeys() {
        assertThat(Failure.ofAll("{}"))
                .contains("jwt.existingSecret: in production set it to the name of a Secret")
                .contains("kubectl create secret generic")
                .contains("config.APP_ENV=development");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwt: {existingSecret: jwt}",
                "jwt: {publicKeys: {existingSecret: keys}}",
                "jwt: {publicKeys: {existingConfigMap: keys}}",
                "config: {JWT_PUBLIC_KEY_LOCATION: 'https://issuer.example.com/jwks'}",
                "extraEnv: [{name: JWT_SECRET, valueFrom: {secretKeyRef: {name: jwt, key: k}}}]",
                "envFrom: [{secretRef: {name: everything}}]",
                "config: {APP_ENV: development}",
                "config: {APP_ENV: null, NODE_ENV: test}"
            })
    void takesKeysFromWhereverTheyMayCome(String values) {
        assertThatCode(() -> Chart.render(values)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config: {JWT_SECRET: secret-4711}                  | set jwt.existingSecret",
                "config: {API_KEYS: secret-4711}                    | set apiKeys.existingSecret",
                "config: {REDIS_URL: 'redis://:secret-4711@r'}      | redis.existingSecret",
                "config: {KAFKA_SASL_JAAS_CONFIG: secret-4711}      | kafka.existingSecretKeys.KAFKA_SASL_JAAS_CONFIG",
                "config: {KAFKA_SSL_KEY_PASSWORD: secret-4711}      | kafka.existingSecretKeys.KAFKA_SSL_KEY_PASSWORD",
                "config: {KAFKA_SSL_KEYSTORE_KEY: secret-4711}      | kafka.existingSecretKeys.KAFKA_SSL_KEYSTORE_KEY",
                "config: {OTEL_EXPORTER_OTLP_HEADERS: secret-4711}  | extraEnv",
                "redis: {url: 'redis://user:secret-4711@redis'}     | set redis.existingSecret",
                "redis: {url: 'redis://redis', existingSecret: r}   | set one of them",
                "config: {ALLOWED_ORIGINS: 'https://a.example, *'}  | production does not allow *",
                "config: {MANAGEMENT_PORT: 3002}                    | another port than config.PORT",
                "{kafka: {routes: {routes: []}}, config: {KAFKA_ROUTES_FILE: /a}} | set one of them",
                "jwt: {publicKeys: {existingSecret: a, existingConfigMap: b}}     | set one of them",
                "service: {type: NodePort}                          | service.nodePort: choose a port",
                "autoscaling: {enabled: true, minReplicas: 9}       | autoscaling.minReplicas",
                "autoscaling: {enabled: true, targetCPUUtilizationPercentage: null} | nothing to go by",
                "httpRoute: {enabled: true}                         | name the Gateway",
                "terminationGracePeriodSeconds: 10                  | killed while it drains; it must be 25 or more"
            })
    void saysWhatToSetInstead(String values, String message) {
        assertThat(Failure.of(values)).contains(message).doesNotContain("secret-4711");
    }

    @Test
    void saysEverythingAtOnce() {
        assertThat(Failure.ofAll("config: {JWT_SECRET: a, ALLOWED_ORIGINS: '*'}"))
                .contains("have 3 problem(s)", "config.JWT_SECRET", "config.ALLOWED_ORIGINS", "jwt.existingSecret: in");
    }
}
