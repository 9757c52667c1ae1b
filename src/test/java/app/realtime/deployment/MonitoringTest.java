package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts and the dashboard: about metrics that there are, and with somewhere to read on. */
class MonitoringTest {

    private static final String ALL = "{metrics: {serviceMonitor: {enabled: true}, dashboard: {enabled: true},"
            + " prometheusRule: {enabled: true, runbookUrl: 'https://docs.example.com/operations.md'}},"
            + " config: {KAFKA_BROKERS: 'kafka:9092'}}";

    private static final String SERIES = "namespace=\"realtime\",service=\"push-websocket-service-internal\"";

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void scrapesTheInternalService() {
        Rendered rendered = Chart.render(Chart.PRODUCTION, ALL);
        ServiceMonitor monitor = rendered.the(ServiceMonitor.class);
        List<Service> chosen = rendered.all(Service.class)
                .filter(service -> service.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(
                                monitor.getSpec().getSelector().getMatchLabels().entrySet()))
                .toList();

        assertThat(chosen)
                .extracting(service -> service.getMetadata().getName())
                .containsExactly("push-websocket-service-internal");
        assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPath()).isEqualTo("/metrics");
            assertThat(endpoint.getPort())
                    .isEqualTo(chosen.get(0).getSpec().getPorts().get(0).getName());
        });
    }

    @Test
    void alertsByMetricsThatThereAre() {
        List<Rule> alerts = alerts(ALL);
        Set<String> known = Metrics.known();

        assertThat(alerts).hasSizeGreaterThan(8).allSatisfy(alert -> {
            String expression = alert.getExpr().getStrVal();
            assertThat(Metrics.of(expression)).isNotEmpty().isSubsetOf(known);
            assertThat(balanced(expression)).as(expression).isTrue();
            assertThat(expression).contains(SERIES);
            assertThat(alert.getFor()).matches("[0-9]+[mh]");
            assertThat(alert.getLabels().get("severity")).isIn("warning", "critical");
        });
        assertThat(alerts).extracting(Rule::getAlert).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatToDoAboutAnAlert() {
        assertThat(alerts(ALL))
                .allSatisfy(alert -> assertThat(alert.getAnnotations())
                        .containsKeys("summary", "description")
                        .containsEntry(
                                "runbook_url",
                                "https://docs.example.com/operations.md#"
                                        + alert.getAlert().toLowerCase(Locale.ROOT)));
    }

    @Test
    void doesNotMissABrokerWhereThereIsNone() {
        String without = "{metrics: {prometheusRule: {enabled: true}}}";

        assertThat(alerts(without)).extracting(Rule::getAlert).doesNotContain("RealtimeKafkaDisconnected");
        assertThat(alerts(ALL)).extracting(Rule::getAlert).contains("RealtimeKafkaDisconnected");
    }

    @Test
    void takesThresholdsFromTheValues() {
        List<Rule> alerts = alerts("{metrics: {prometheusRule: {enabled: true, thresholds: {kafkaLag: 2500000}}}}");

        assertThat(alerts)
                .filteredOn(alert -> alert.getAlert().equals("RealtimeKafkaLag"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getExpr().getStrVal()).endsWith("> 2500000"));
    }

    @Test
    void drawsMetricsThatThereAre() {
        JsonNode dashboard = JsonMapper.shared().readTree(Chart.file("dashboards/websocket-service.json"));
        List<JsonNode> panels = dashboard.path("panels").valueStream().toList();
        Set<String> drawn = new TreeSet<>();
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asString();
                assertThat(Metrics.of(expression)).as(expression).isNotEmpty().isSubsetOf(Metrics.known());
                assertThat(balanced(expression)).as(expression).isTrue();
                assertThat(expression).contains("namespace=\"$namespace\"");
                drawn.addAll(Metrics.of(expression));
            }
        }

        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(drawn).hasSizeGreaterThan(20);
    }

    @Test
    void handsTheDashboardToGrafana() {
        ConfigMap map = Chart.render(Chart.PRODUCTION, ALL).named(ConfigMap.class, "push-websocket-service-dashboard");

        assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(map.getData().get("websocket-service.json").strip())
                .isEqualTo(Chart.file("dashboards/websocket-service.json").strip());
    }

    private static List<Rule> alerts(String values) {
        return Chart.render(Chart.PRODUCTION, values)
                .the(PrometheusRule.class)
                .getSpec()
                .getGroups()
                .get(0)
                .getRules();
    }

    private static boolean balanced(String expression) {
        return Stream.of("()", "{}", "[]")
                .allMatch(pair -> expression
                                .chars()
                                .filter(c -> c == pair.charAt(0))
                                .count()
                        == expression.chars().filter(c -> c == pair.charAt(1)).count());
    }
}
