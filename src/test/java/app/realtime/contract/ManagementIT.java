package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The management port: what is there, and that it is nowhere else. */
@OnSharedService
class ManagementIT {

    private final Service service;

    ManagementIT(Service service) {
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/health/started", "/health"})
    void tellsTheProbesThatAllIsWell(String path) {
        Answer answer = service.management().get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("UP");
    }

    @Test
    void tellsTheReadinessProbeOfKafkaSessionsAndCluster() {
        JsonNode checks = service.management().get("/health/ready").json().path("checks");
        assertThat(checks.valueStream().map(check -> check.path("name").asString()))
                .contains("handshakes", "kafka", "cluster");
    }

    @Test
    void measuresWhatTheContractNames() {
        try (SocketClient client = service.user("measured")) {
            client.ask("ping");
            assertThat(service.management().get("/metrics").body())
                    .contains(
                            "realtime_connections{",
                            "realtime_sessions{",
                            "realtime_rooms{",
                            "realtime_events_received_total{",
                            "realtime_events_sent_total{",
                            "realtime_queued_packets{",
                            "realtime_broadcast_seconds");
            assertThat(service.metric("realtime_connections", "identity=\"authenticated\""))
                    .isPositive();
            assertThat(service.metric("realtime_sessions{", "transport=\"websocket\"")
                            + service.metric("realtime_sessions{", "transport=\"polling\""))
                    .isPositive();
        }
    }

    @Test
    void describesTheApi() {
        Answer answer = service.management().get("/openapi?format=JSON");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode paths = answer.json().path("paths");
        for (String path : new String[] {"room", "user", "global", "survey-response", "location"}) {
            JsonNode operation = paths.path("/api/broadcast/" + path).path("post");
            assertThat(operation.path("responses").properties().stream().map(java.util.Map.Entry::getKey))
                    .contains("200", "400", "401", "403", "413", "415");
        }
        assertThat(paths.has("/api/stats")).isTrue();
        assertThat(answer.body()).contains("\"example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/health/started", "/metrics", "/openapi", "/openapi/ui"})
    void keepsThePagesOffThePublicPortWhateverTheHostHeaderSays(String path) {
        int port = service.server().port();
        int management = service.server().managementPort();
        for (String host : new String[] {
            "localhost",
            "localhost:" + port,
            "localhost:" + management,
            "example.com:" + management,
            "127.0.0.1:9080",
            ""
        }) {
            String answer = RawHttp.get(port, "127.0.0.1", path, "Host: " + host);
            assertThat(RawHttp.status(answer)).as("Host: %s", host).isBetween(400, 499);
            assertThat(answer).doesNotContain("\"UP\"", "realtime_", "openapi:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/stats", "/socket.io/?EIO=4&transport=polling", "/socket.io/socket.io.js"})
    void keepsTheServiceOffTheManagementPortWhateverTheHostHeaderSays(String path) {
        int port = service.server().port();
        int management = service.server().managementPort();
        for (String host : new String[] {"localhost", "localhost:" + port, "localhost:" + management, "localhost:80"}) {
            String answer = RawHttp.get(management, "127.0.0.1", path, "Host: " + host);
            assertThat(RawHttp.status(answer)).as("Host: %s", host).isBetween(400, 499);
        }
    }

    @Test
    void servesClientsThatComeThroughAProxyUnderAnotherName() {
        String answer = RawHttp.get(service.server().port(), "127.0.0.1", "/health", "Host: realtime.example.com");
        assertThat(RawHttp.status(answer)).isEqualTo(200);
    }
}
