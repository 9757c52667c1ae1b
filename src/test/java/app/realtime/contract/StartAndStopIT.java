package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.KafkaBrokerProcess;
import app.realtime.run.LibertyServer;
import app.realtime.run.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning and the end of a server: wrong settings, a broker that comes late, and SIGTERM. */
class StartAndStopIT {

    @Test
    void refusesToStartWithOneMessageThatNamesEveryWrongVariable() throws Exception {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("APP_ENV", "production"),
                Map.entry("KAFKA_BROKERS", "kafka"),
                Map.entry("KAFKA_TOPIC_RESPONSES", "no topic"),
                Map.entry("JWT_SECRET", "short-secret-4711"),
                Map.entry("JWT_PUBLIC_KEY_LOCATION", "/nowhere/key.pem"),
                Map.entry("API_KEYS", ","),
                Map.entry("ALLOWED_ORIGINS", "*"),
                Map.entry("TRUSTED_PROXIES", "10.0.0.0/99"),
                Map.entry("HEARTBEAT_INTERVAL", "soon"),
                Map.entry("CONNECTION_TIMEOUT", "-1"),
                Map.entry("MAX_CONNECTIONS_PER_IP", "0"),
                Map.entry("MAX_ROOMS_PER_CONNECTION", "1.5"),
                Map.entry("RATE_LIMIT_WINDOW", "99999999999999999999"),
                Map.entry("RATE_LIMIT_MAX_MESSAGES", "many"),
                Map.entry("DRAIN_SECONDS", "soon"),
                Map.entry("LOG_LEVEL", "loud"),
                Map.entry("LOG_FORMAT", "xml"),
                Map.entry("REDIS_URL", "http://:password-4711@redis"));
        LibertyServer server = LibertyServer.builder().environment(wrong).launch();
        try (server) {
            assertThat(server.onExit().get(90, TimeUnit.SECONDS)).isEqualTo(78);
            List<String> lines = server.logText().lines().toList();
            List<String> first = lines.stream()
                    .filter(line -> line.contains("its configuration has"))
                    .toList();
            assertThat(first).as("one message").hasSize(1);
            int begin = lines.indexOf(first.get(0));
            List<String> message = lines.subList(begin + 1, begin + wrong.size());
            wrong.keySet().stream()
                    .filter(variable -> !variable.equals("APP_ENV"))
                    .forEach(variable -> assertThat(message)
                            .anySatisfy(line -> assertThat(line).startsWith(variable + ": ")));
            assertThat(server.logText()).doesNotContain("short-secret-4711", "password-4711");
        }
    }

    @Test
    void waitsForItsBrokerAndSaysGoodbyeWhenItIsStopped(@TempDir Path directory) throws Exception {
        int brokerPort = Ports.free(1)[0];
        LibertyServer server = LibertyServer.builder()
                .environment(Map.of("KAFKA_BROKERS", "localhost:" + brokerPort, "JWT_SECRET", TokenMint.DEFAULT_SECRET))
                .start();
        try (server) {
            HttpApi http = new HttpApi(server.uri("/"));
            servesWithoutBroker(server, http);
            try (KafkaBrokerProcess broker = KafkaBrokerProcess.start(brokerPort, directory)) {
                picksUpTheBroker(server, http, broker);
                saysGoodbye(server, http);
            }
        }
        assertThat(ServerLog.leaks(server.logText(), Secrets.all())).isZero();
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
    }

    private static void servesWithoutBroker(LibertyServer server, HttpApi http) {
        Answer health = http.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asString()).isEqualTo("degraded");
        assertThat(health.json().path("kafka").path("state").asString()).isEqualTo("connecting");
        assertThat(new HttpApi(server.managementUri("/")).get("/health/ready").status())
                .isEqualTo(200);
        try (SocketClient client = SocketClient.connect(server.uri("/"), options -> {})) {
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertThat(http.post("/api/broadcast/global", "{\"event\":\"e\"}").status())
                    .isEqualTo(200);
            client.next("e");
        }
    }

    private static void picksUpTheBroker(LibertyServer server, HttpApi http, KafkaBrokerProcess broker) {
        broker.createTopics(List.of(Service.RESPONSES, Service.ANALYTICS, Service.LOCATIONS, Service.NOTIFICATIONS), 1);
        Awaitility.await("the broker is found")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        http.get("/health").json().path("status").asString().equals("healthy"));
        try (SocketClient client = SocketClient.connect(server.uri("/"), options -> {});
                Records records = new Records(broker.bootstrapServers())) {
            records.send(Service.NOTIFICATIONS, "{\"title\":\"at last\"}");
            assertThat(client.next("notification").path("title").asString()).isEqualTo("at last");
        }
    }

    private static void saysGoodbye(LibertyServer server, HttpApi http) throws Exception {
        try (SocketClient official = SocketClient.connect(server.uri("/"), SocketClient.transports("websocket"));
                SocketClient polling = SocketClient.connect(server.uri("/"), SocketClient.transports("polling"));
                RawWebSocket raw =
                        RawWebSocket.open(server.port(), "/socket.io/").connect("")) {
            RawPolling rawPolling = RawPolling.open(http, "/socket.io/").connect("");
            CompletableFuture<String> polled =
                    CompletableFuture.supplyAsync(() -> rawPolling.next("42[\"server_shutdown\""));
            long begin = System.nanoTime();
            ProcessHandle.of(server.pid()).orElseThrow().destroy();
            assertThat(raw.next("42[\"server_shutdown\"")).contains("\"message\":");
            assertThat(official.next("server_shutdown").path("message").asString())
                    .isNotBlank();
            assertThat(polling.next("server_shutdown").path("message").asString())
                    .isNotBlank();
            assertThat(polled.get(20, TimeUnit.SECONDS)).contains("\"message\":");
            raw.closeCode();
            // The official client on a websocket is not asked: it does not notice a close frame before its next
            // time-out.
            polling.disconnection();
            server.onExit().get(40, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
