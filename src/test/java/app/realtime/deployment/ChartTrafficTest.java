package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports, probes, the way of clients to a pod, and how pods come and go. */
class ChartTrafficTest {

    private static final String NAME = "push-websocket-service";

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void keepsTheManagementPortOnAServiceOfItsOwn() {
        Rendered rendered = Chart.render(Chart.PRODUCTION, "service: {type: LoadBalancer}");
        Service open = rendered.named(Service.class, NAME);
        Service internal = rendered.named(Service.class, NAME + "-internal");

        assertThat(open.getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(open.getSpec().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getPort()).isEqualTo(80);
            assertThat(port.getTargetPort().getStrVal()).isEqualTo("public");
        });
        assertThat(internal.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(internal.getSpec().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort()).isEqualTo(9080));
        Map<String, String> pods = rendered.the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(Stream.of(open, internal))
                .allSatisfy(service ->
                        assertThat(pods).containsAllEntriesOf(service.getSpec().getSelector()));
    }

    @Test
    void followsTheContainersPorts() {
        Rendered rendered = Chart.render(Chart.PRODUCTION, "config: {PORT: 4002, MANAGEMENT_PORT: 4080}");

        assertThat(rendered.container().getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("public", 4002), tuple("management", 4080));
        assertThat(rendered.named(Service.class, NAME + "-internal").getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(4080);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | *:80,*:443",
                "service: {port: 8080}                         | *:80,*:443,*:8080",
                "service: {type: NodePort, nodePort: 30080}    | *:80,*:443,*:30080",
                "config: {PUBLIC_HOST_PORTS: '*:9999'}         | *:9999"
            })
    void listsThePortsThatClientsMayName(String values, String expected) {
        assertThat(Chart.render(Chart.PRODUCTION, values).config()).containsEntry("PUBLIC_HOST_PORTS", expected);
    }

    @Test
    void probesTheManagementPort() {
        Container container = Chart.render(Chart.PRODUCTION).container();

        assertThat(List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe()))
                .allSatisfy(probe ->
                        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"))
                .extracting(probe -> probe.getHttpGet().getPath())
                .containsExactly("/health/started", "/health/ready", "/health/live");
        Probe startup = container.getStartupProbe();
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | 50",
                "config: {DRAIN_SECONDS: 60}            | 90",
                "config: {DRAIN_SECONDS: 0}             | 30",
                "config: {DRAIN_SECONDS: null}          | 50",
                "preStopSeconds: 0                      | 45",
                "terminationGracePeriodSeconds: 300     | 300"
            })
    void givesAPodTheTimeThatItsDrainTakes(String values, long seconds) {
        assertThat(Chart.render(Chart.PRODUCTION, values).pod().getTerminationGracePeriodSeconds())
                .isEqualTo(seconds);
    }

    @Test
    void keepsAnIngressSessionOnOnePod() {
        Map<String, String> nginx = ingress("ingress: {enabled: true}");
        Map<String, String> haproxy = ingress("ingress: {enabled: true, sessionAffinity: {controller: haproxy}}");
        Rendered traefik =
                Chart.render(Chart.PRODUCTION, "ingress: {enabled: true, sessionAffinity: {controller: traefik}}");

        assertThat(nginx)
                .containsEntry("nginx.ingress.kubernetes.io/affinity", "cookie")
                .containsEntry("nginx.ingress.kubernetes.io/session-cookie-name", "realtime-instance")
                .containsEntry("nginx.ingress.kubernetes.io/session-cookie-secure", "false")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600");
        assertThat(haproxy).containsEntry("haproxy.org/cookie-persistence", "realtime-instance");
        assertThat(traefik.named(Service.class, NAME).getMetadata().getAnnotations())
                .containsEntry("traefik.ingress.kubernetes.io/service.sticky.cookie", "true")
                .containsEntry("traefik.ingress.kubernetes.io/service.sticky.cookie.name", "realtime-instance");
        assertThat(ingress("ingress: {enabled: true, sessionAffinity: {enabled: false}}"))
                .isNullOrEmpty();
    }

    @Test
    void letsAnnotationsOfTheValuesWin() {
        String values = "ingress: {enabled: true, tls: [{hosts: [realtime.example.com]}],"
                + " annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: '60'}}";

        assertThat(ingress(values))
                .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "60")
                .containsEntry("nginx.ingress.kubernetes.io/session-cookie-secure", "true");
    }

    @Test
    void routesByTheGatewayWithoutATimeLimitAndWithACookie() {
        HTTPRoute route =
                Chart.render(Chart.PRODUCTION, Configurations.everything()).the(HTTPRoute.class);

        assertThat(route.getSpec().getParentRefs())
                .singleElement()
                .satisfies(parent -> assertThat(parent.getName()).isEqualTo("public"));
        HTTPRouteRule rule = route.getSpec().getRules().get(0);
        assertThat(rule.getSessionPersistence().getType()).isEqualTo("Cookie");
        assertThat(rule.getTimeouts().getRequest()).isEqualTo("0s");
        assertThat(rule.getBackendRefs()).singleElement().satisfies(backend -> {
            assertThat(backend.getName()).isEqualTo(NAME);
            assertThat(backend.getPort()).isEqualTo(443);
        });
    }

    @Test
    void scalesUpAtOnceAndDownSlowly() {
        Rendered rendered = Chart.render(
                Chart.PRODUCTION, "autoscaling: {enabled: true, connections: {enabled: true, target: 2000}}");
        HorizontalPodAutoscaler autoscaler = rendered.the(HorizontalPodAutoscaler.class);
        HPAScalingRules down = autoscaler.getSpec().getBehavior().getScaleDown();

        assertThat(rendered.the(Deployment.class).getSpec().getReplicas())
                .as("the autoscaler's business")
                .isNull();
        assertThat(autoscaler.getSpec().getMetrics())
                .satisfiesExactly(
                        cpu -> assertThat(cpu.getResource().getTarget().getAverageUtilization())
                                .isEqualTo(70),
                        connections -> {
                            assertThat(connections.getPods().getMetric().getName())
                                    .isEqualTo("realtime_connections");
                            assertThat(connections.getPods().getTarget().getAverageValue())
                                    .hasToString("2000");
                        });
        assertThat(down.getStabilizationWindowSeconds()).isGreaterThanOrEqualTo(300);
        assertThat(down.getSelectPolicy()).isEqualTo("Min");
        assertThat(autoscaler.getSpec().getBehavior().getScaleUp().getStabilizationWindowSeconds())
                .isZero();
    }

    @Test
    void neverBlocksTheDrainOfANode() {
        PodDisruptionBudget budget = Chart.render(Chart.PRODUCTION).the(PodDisruptionBudget.class);

        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(budget.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    }

    @Test
    void spreadsItsOwnPodsAlone() {
        assertThat(Chart.render(Chart.PRODUCTION).pod().getTopologySpreadConstraints())
                .hasSize(2)
                .allSatisfy(
                        constraint -> assertThat(constraint.getLabelSelector().getMatchLabels())
                                .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
                                .containsEntry("app.kubernetes.io/component", "server"));
    }

    private static Map<String, String> ingress(String values) {
        return Chart.render(Chart.PRODUCTION, values)
                .the(Ingress.class)
                .getMetadata()
                .getAnnotations();
    }
}
