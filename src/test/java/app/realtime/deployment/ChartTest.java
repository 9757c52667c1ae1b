package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart in many configurations: each is valid, and has the objects that it should. */
class ChartTest {

    private static final List<String> ALWAYS = List.of(
            "ServiceAccount", "ConfigMap", "Service", "Service", "Deployment", "NetworkPolicy", "PodDisruptionBudget");

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void passesHelmsLint() {
        assertThat(Chart.lint().getMessages()).noneMatch(message -> message.matches(".*\\[(WARNING|ERROR|INFO)].*"));
        assertThat(Chart.lint().isFailed()).isFalse();
    }

    @Test
    void makesWhatAnInstallationNeeds() {
        List<String> expected = Stream.concat(ALWAYS.stream(), Stream.of("Pod")).toList();

        assertThat(Chart.render(Chart.PRODUCTION).kinds()).containsExactlyInAnyOrderElementsOf(expected);
    }

    static Stream<String> configurations() {
        return Configurations.all();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void rendersObjectsThatKubernetesTakes(String values) {
        Rendered rendered = Chart.render(Chart.PRODUCTION, values);

        assertThat(rendered.objects()).hasSizeGreaterThan(3);
        assertThat(rendered.objects()).allSatisfy(object -> {
            assertThat(object.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
            assertThat(object.getMetadata().getLabels()).containsKey("app.kubernetes.io/name");
        });
        assertThat(rendered.objects().stream().map(ChartTest::identity)).doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(Failure.of("replicas: 2")).contains("replicas");
        assertThat(Failure.of("config: {KAFKA_BROKER: 'kafka:9092'}")).contains("KAFKA_BROKER");
        assertThat(Failure.of("service: {type: Loadbalancer}")).contains("/service/type");
        assertThat(Failure.of("config: {HEARTBEAT_INTERVAL: soon}")).contains("HEARTBEAT_INTERVAL");
    }

    private static String identity(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
