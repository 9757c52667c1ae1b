package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod that the chart makes, and who reaches it. */
class ChartSecurityTest {

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    static Stream<String> configurations() {
        return Configurations.all();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void givesPodsNothingThatTheyDoNotNeed(String values) {
        List<PodSpec> pods = Chart.render(Chart.PRODUCTION, values).pods();

        assertThat(pods).isNotEmpty();
        pods.forEach(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getHostPID()).isNull();
            assertThat(pod.getHostIPC()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isNotEqualTo(Long.valueOf(0));
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getVolumes()).noneMatch(volume -> volume.getHostPath() != null);
            pod.getContainers().forEach(ChartSecurityTest::assertConfined);
        });
    }

    @Test
    void givesTheServiceAccountNoToken() {
        ServiceAccount account = Chart.render(Chart.PRODUCTION).the(ServiceAccount.class);

        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void leavesOutTheUserWhereThePlatformChoosesOne() {
        Rendered openShift = Chart.render(
                Chart.PRODUCTION, "podSecurityContext: {runAsUser: null, runAsGroup: null, fsGroup: null}");

        assertThat(openShift.pod().getSecurityContext().getRunAsUser()).isNull();
        assertThat(openShift.pod().getSecurityContext().getRunAsNonRoot()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void makesNoSecretAndPutsNoneIntoAConfigMap(String values) {
        Rendered rendered = Chart.render(Chart.PRODUCTION, values);

        assertThat(rendered.all(Secret.class)).isEmpty();
        assertThat(rendered.all(ConfigMap.class)
                        .filter(map -> map.getData() != null)
                        .flatMap(map -> map.getData().keySet().stream()))
                .noneMatch(name -> name.matches(".*(SECRET|API_KEYS|PASSWORD|JAAS_CONFIG|KEYSTORE_KEY).*"));
    }

    @Test
    void letsAnybodyToThePublicPortAndMonitoringAloneToTheOther() {
        NetworkPolicy policy = Chart.render(Chart.PRODUCTION).the(NetworkPolicy.class);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(rule(policy, "public").getFrom()).isEmpty();
        assertThat(rule(policy, "management").getFrom())
                .hasSize(2)
                .satisfiesExactly(
                        from -> assertThat(from.getNamespaceSelector().getMatchLabels())
                                .containsEntry("kubernetes.io/metadata.name", "monitoring"),
                        from -> assertThat(from.getPodSelector().getMatchLabels())
                                .containsEntry("app.kubernetes.io/component", "test"));
    }

    @Test
    void closesTheManagementPortToAllWhereNobodyIsNamed() {
        NetworkPolicy policy = Chart.render(
                        Chart.PRODUCTION, "{networkPolicy: {management: {from: []}}, tests: {enabled: false}}")
                .the(NetworkPolicy.class);

        assertThat(policy.getSpec().getIngress())
                .as("a rule with an empty list would let in everybody")
                .hasSize(1)
                .allSatisfy(rule ->
                        assertThat(rule.getPorts().get(0).getPort().getStrVal()).isEqualTo("public"));
    }

    @Test
    void letsTheServiceReachDnsKafkaAndRedisAloneWhereAsked() {
        NetworkPolicy policy = Chart.render(
                        Chart.PRODUCTION,
                        "{networkPolicy: {egress: {enabled: true}}, redis: {existingSecret: redis},"
                                + " config: {KAFKA_BROKERS: 'a:9092, b:9093,c:9093'}}")
                .the(NetworkPolicy.class);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getEgress())
                .extracting(rule -> rule.getPorts().stream()
                        .map(port -> port.getPort().getValue())
                        .toList())
                .containsExactly(List.of(53, 53), List.of(9092, 9093), List.of(6379), List.of("management"));
    }

    @Test
    void letsPodsOfAClusterReachEachOthersManagementPort() {
        Rendered chart = Chart.render(
                Chart.PRODUCTION,
                "{networkPolicy: {egress: {enabled: true}}, redis: {url: 'redis://redis'}, tests: {enabled: false}}");
        NetworkPolicy policy = chart.the(NetworkPolicy.class);

        Map<String, String> pods = policy.getSpec().getPodSelector().getMatchLabels();
        assertThat(rule(policy, "management").getFrom())
                .anySatisfy(from -> assertThat(from.getPodSelector())
                        .extracting(LabelSelector::getMatchLabels)
                        .isEqualTo(pods));
        assertThat(policy.getSpec().getEgress())
                .anySatisfy(to -> assertThat(to.getTo())
                        .singleElement()
                        .satisfies(peer -> assertThat(peer.getPodSelector().getMatchLabels())
                                .isEqualTo(pods)));
        assertThat(chart.env()
                        .get("INSTANCE_ADDRESS")
                        .getValueFrom()
                        .getFieldRef()
                        .getFieldPath())
                .isEqualTo("status.podIP");
    }

    private static NetworkPolicyIngressRule rule(NetworkPolicy policy, String port) {
        return policy.getSpec().getIngress().stream()
                .filter(rule -> port.equals(rule.getPorts().get(0).getPort().getStrVal()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertConfined(Container container) {
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getPrivileged()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
    }
}
