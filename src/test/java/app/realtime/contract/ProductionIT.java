package app.realtime.contract;

import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server in production, without Kafka and with strict limits: guarded API, limits, proxies, JSON log, heartbeat. */
class ProductionIT {

    private static final String SECRET = "a secret of production, longer than 32 bytes";
    private static final String KEY = "first-key-4711";
    private static final String ORIGIN = "https://app.example.com";
    private static final int WINDOW = 2_000;

    private static LibertyServer server;

    private final TokenMint tokens = new TokenMint(SECRET);
    private final HttpApi http = new HttpApi(server.uri("/"));

    @BeforeAll
    static void start() {
        server = LibertyServer.builder()
                .environment(Map.ofEntries(
                        Map.entry("NODE_ENV", "production"),
                        Map.entry("KAFKA_BROKERS", ""),
                        Map.entry("JWT_SECRET", SECRET),
                        Map.entry("JWT_ISSUER", "https://issuer.example.com"),
                        Map.entry("JWT_AUDIENCE", "realtime"),
                        Map.entry("API_KEYS", KEY + ", second-key-4712"),
                        Map.entry("ALLOWED_ORIGINS", ORIGIN),
                        Map.entry("TRUSTED_PROXIES", "127.0.0.1/32"),
                        Map.entry("MAX_CONNECTIONS_PER_IP", "10"),
                        Map.entry("RATE_LIMIT_WINDOW", String.valueOf(WINDOW)),
                        Map.entry("RATE_LIMIT_MAX_MESSAGES", "5"),
                        Map.entry("HEARTBEAT_INTERVAL", "1000"),
                        Map.entry("CONNECTION_TIMEOUT", "1500"),
                        Map.entry("LOG_FORMAT", "json")))
                .start();
    }

    @Test
    void saysThatItsHostSpeaksTlsWhereATrustedProxyDoes() {
        String https = "X-Forwarded-Proto: https";
        String sts = "Strict-Transport-Security: max-age=31536000";
        assertThat(RawHttp.get(server.port(), "127.0.0.1", "/health", "Host: a", https))
                .contains(sts);
        assertThat(RawHttp.get(server.port(), "127.0.0.1", "/health", "Host: a"))
                .doesNotContain(sts)
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer");
        assertThat(RawHttp.get(server.port(), "127.0.0.2", "/health", "Host: a", https))
                .startsWith("HTTP/1.1 200")
                .doesNotContain(sts);
    }

    @AfterAll
    static void stop() {
        server.stop();
        String log = server.logText();
        assertThat(ServerLog.trouble(log)).isEmpty();
        assertThat(ServerLog.leaks(log, Secrets.all())).isZero();
        assertThat(log).doesNotContain(KEY, SECRET);
        assertThat(log.lines().filter(line -> line.startsWith("{")).map(ProductionIT::type))
                .contains("liberty_message");
        assertThat(log.lines().filter(line -> line.contains("app.realtime")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(type(line)).isEqualTo("liberty_message"));
    }

    private static String type(String line) {
        return JsonMapper.shared().readTree(line).path("type").asString();
    }

    @Test
    void runsWithoutKafkaAndSaysSo() {
        JsonNode health = http.get("/health").json();
        assertThat(health.path("status").asString()).isEqualTo("healthy");
        assertThat(health.path("kafka").path("state").asString()).isEqualTo("disabled");
        JsonNode stats = http.get("/api/stats", "X-API-Key", KEY).json().path("stats");
        assertThat(stats.path("kafka").toString()).contains("disabled");
        assertThat(server.logText()).contains("the service runs without Kafka");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, "second-key-4712"})
    void takesEachOfTheKeys(String key) {
        assertThat(http.get("/api/stats", "X-API-Key", key).status()).isEqualTo(200);
        assertThat(http.post("/api/broadcast/global", "{\"event\":\"e\"}", "X-API-Key", key)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void takesTokensOfAdministratorsAndServicesAlone() {
        assertThat(stats("Authorization", bearer("boss", "admin")).status()).isEqualTo(200);
        assertThat(stats("Authorization", bearer("robot", "service")).status()).isEqualTo(200);
        assertProblem(stats("Authorization", bearer("somebody", "user")), 403, "role_required");
    }

    @Test
    void refusesCallersWithoutGoodCredentials() {
        assertProblem(http.get("/api/stats"), 401, "credentials_required");
        assertThat(http.get("/api/stats").header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertProblem(http.post("/api/broadcast/global", "{\"event\":\"e\"}"), 401, "credentials_required");
        assertProblem(stats("X-API-Key", "wrong"), 401, "api_key_invalid");
        assertProblem(stats("X-API-Key", ""), 401, "api_key_invalid");
        assertProblem(stats("X-API-Key", KEY + ","), 401, "api_key_invalid");
        assertProblem(stats("Authorization", "Bearer rubbish"), 401, "token_invalid");
        String expired = tokens.sign(claims("boss", "admin", Duration.ofSeconds(-5)));
        assertProblem(stats("Authorization", "Bearer " + expired), 401, "token_expired");
        String unsigned = TokenMint.unsigned(claims("boss", "admin", Duration.ofHours(1)));
        assertProblem(stats("Authorization", "Bearer " + unsigned), 401, "token_invalid");
        int port = server.managementPort();
        assertThat(RawHttp.get(port, "127.0.0.1", "/metrics", "Host: localhost:" + port))
                .containsPattern("realtime_refusals_total\\{[^}]*reason=\"api_key_invalid\"[^}]*} 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud"})
    void checksIssuerAndAudience(String claim) {
        ObjectNode claims = claims("boss", "admin", Duration.ofHours(1));
        claims.put(claim, "somebody else");
        assertProblem(stats("Authorization", "Bearer " + tokens.sign(claims)), 401, "token_invalid");
        claims.remove(claim);
        assertProblem(stats("Authorization", "Bearer " + tokens.sign(claims)), 401, "token_invalid");
    }

    @Test
    void keepsHealthOpenForEverybody() {
        assertThat(http.get("/health").status()).isEqualTo(200);
    }

    @Test
    void refusesTheEleventhConnectionOfAnAddressUntilOneHasGone() {
        String address = "203.0.113.1";
        for (int i = 0; i < 10; i++) {
            assertThat(RawHttp.status(handshake("127.0.0.1", address))).isEqualTo(200);
        }
        String refused = handshake("127.0.0.1", address);
        assertThat(RawHttp.status(refused)).isEqualTo(429);
        assertThat(refused)
                .contains("Content-Type: application/json")
                .contains("Too many connections")
                .doesNotContain("Retry-After");
        assertThat(RawHttp.status(handshake("127.0.0.1", "203.0.113.2"))).isEqualTo(200);
        assertThat(RawHttp.status(handshake("127.0.0.1", "198.51.100.7, " + address)))
                .as("what the client itself wrote before the proxy's entry does not count")
                .isEqualTo(429);
        Awaitility.await("sessions that do not answer pings are gone")
                .atMost(Duration.ofSeconds(15))
                .until(() -> RawHttp.status(handshake("127.0.0.1", address)) == 200);
    }

    @Test
    void believesForwardedAddressesOfTrustedProxiesAlone() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            statuses.add(RawHttp.status(handshake("127.0.0.2", "203.0.113." + (100 + i))));
        }
        assertThat(statuses.subList(0, 10)).containsOnly(200);
        assertThat(statuses.get(10)).isEqualTo(429);
    }

    @Test
    void refusesTheEleventhWebSocketToo() {
        String[] upgrade = {
            "Host: localhost",
            "X-Forwarded-For: 203.0.113.50",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        };
        for (int i = 0; i < 10; i++) {
            assertThat(RawHttp.status(handshake("127.0.0.1", "203.0.113.50"))).isEqualTo(200);
        }
        String answer = RawHttp.get(server.port(), "127.0.0.1", "/socket.io/?EIO=4&transport=websocket", upgrade);
        assertThat(RawHttp.status(answer)).isEqualTo(429);
    }

    @Test
    void keepsNoPlaceForAHandshakeThatIsNoWebSockets() {
        for (int i = 0; i < 12; i++) {
            String answer = RawHttp.get(
                    server.port(),
                    "127.0.0.1",
                    "/socket.io/?EIO=4&transport=websocket",
                    "Host: localhost",
                    "X-Forwarded-For: 203.0.113.60",
                    "Upgrade: websocket");
            assertThat(RawHttp.status(answer)).isEqualTo(400);
            assertThat(answer)
                    .contains("{\"code\":3,\"message\":\"Bad request\"}")
                    .doesNotContain("Set-Cookie");
        }
        assertThat(RawHttp.status(handshake("127.0.0.1", "203.0.113.60"))).isEqualTo(200);
    }

    @Test
    void doesNotProcessMessagesOverTheLimitAndRecovers() {
        try (SocketClient client = connect(unique("chatty"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
                client.next("pong");
            }
            JsonNode ack = client.ask("join_room", SocketClient.object("room", "survey:limited"));
            assertThat(ack.path("ok").asBoolean(true)).isFalse();
            assertThat(ack.path("code").asString()).isEqualTo("rate_limit_exceeded");
            JsonNode event = client.next("rate_limit_exceeded");
            assertThat(event.path("message").asString()).isNotBlank();
            assertThat(event.path("retryAfter").asInt()).isBetween(1, WINDOW);
            Awaitility.await("the next window").atMost(Duration.ofSeconds(10)).until(() -> {
                JsonNode rooms = client.ask("get_rooms");
                return rooms.path("ok").asBoolean() && !rooms.toString().contains("survey:limited");
            });
        }
    }

    @Test
    void pingsAndEndsSessionsThatDoNotAnswer() {
        try (RawWebSocket deaf = RawWebSocket.open(server.port(), "/socket.io/", false, packet -> false);
                SocketClient client = connect(unique("patient"))) {
            assertThat(deaf.handshake().path("pingInterval").asInt()).isEqualTo(1_000);
            assertThat(deaf.handshake().path("pingTimeout").asInt()).isEqualTo(1_500);
            assertThat(deaf.next()).isEqualTo("2");
            deaf.closeCode();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void letsInPagesOfListedOriginsAlone() {
        assertThat(http.get("/health", "Origin", ORIGIN).header("Access-Control-Allow-Origin"))
                .contains(ORIGIN);
        assertThat(http.get("/health", "Origin", "http://localhost:3000").header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(http.get("/socket.io/?EIO=4&transport=polling", "Origin", "http://localhost:3000")
                        .status())
                .isEqualTo(403);
    }

    private SocketClient connect(String user) {
        String token = tokens.sign(claims(user, "user", Duration.ofHours(1)));
        // An address of its own, so that the tests do not use up each other's limit.
        String address = "198.51.100." + (1 + Math.floorMod(user.hashCode(), 250));
        return SocketClient.connect(server.uri("/"), options -> {
            options.transports = new String[] {"websocket"};
            options.extraHeaders = Map.of("X-Forwarded-For", List.of(address));
            options.auth = Map.of("token", token);
        });
    }

    private static String handshake(String from, String forwarded) {
        return RawHttp.get(
                server.port(),
                from,
                "/socket.io/?EIO=4&transport=polling",
                "Host: localhost",
                "X-Forwarded-For: " + forwarded);
    }

    private Answer stats(String header, String value) {
        return http.get("/api/stats", header, value);
    }

    private String bearer(String user, String role) {
        return "Bearer " + tokens.sign(claims(user, role, Duration.ofHours(1)));
    }

    private static ObjectNode claims(String user, String role, Duration validity) {
        return TokenMint.claims(user, role, validity)
                .put("iss", "https://issuer.example.com")
                .put("aud", "realtime");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
