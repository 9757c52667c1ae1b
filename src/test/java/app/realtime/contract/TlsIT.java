package app.realtime.contract;

import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.realtime.run.LibertyServer;
import app.realtime.tls.TestCertificates;
import app.realtime.tls.TestCertificates.Made;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public port with a certificate in PEM files, mounted as Kubernetes mounts secrets. */
class TlsIT {

    private static final int MANY = 50;
    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);

    @TempDir
    private static Path directory;

    private static Made first;
    private static Made second;
    private static SecureClients clients;
    private static LibertyServer server;

    private final HttpApi http = new HttpApi(server.uri("/"), clients.http());

    @BeforeAll
    static void start() throws IOException {
        TestCertificates certificates = new TestCertificates(directory);
        first = certificates.make("first", "RSA", "-keysize", "2048");
        second = certificates.make("second", "EC");
        clients = new SecureClients(first, second);
        mount("..1", first);
        Files.createSymbolicLink(directory.resolve("tls.crt"), Path.of("..data/tls.crt"));
        Files.createSymbolicLink(directory.resolve("tls.key"), Path.of("..data/tls.key"));
        server = LibertyServer.builder()
                .environment(Map.of(
                        "TLS_CERT_FILE", directory.resolve("tls.crt").toString(),
                        "TLS_KEY_FILE", directory.resolve("tls.key").toString(),
                        "KAFKA_BROKERS", "",
                        "JWT_SECRET", TokenMint.DEFAULT_SECRET,
                        "ALLOWED_ORIGINS", "https://app.example.com",
                        "MAX_CONNECTIONS_PER_IP", "1000",
                        "HEARTBEAT_INTERVAL", "1000",
                        "CONNECTION_TIMEOUT", "2000"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        String log = server.logText();
        assertThat(ServerLog.leaks(log, Secrets.all())).isZero();
        assertThat(log).doesNotContain("PRIVATE KEY-");
        assertThat(log.lines().filter(line -> line.contains("Websockets go by the container's streams")))
                .as("how websockets are served, said once")
                .hasSize(1);
        assertThat(ServerLog.trouble(log))
                .as("errors but those that the tests make")
                .allMatch(line -> line.contains("The certificate in use stays"));
    }

    /** As Kubernetes does: a directory of its own, and then one link to it. */
    private static void mount(String name, Made made) throws IOException {
        made.writeTo(directory.resolve(name));
        Path draft = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(name));
        Files.move(draft, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void await(Made made) {
        Awaitility.await("the new certificate")
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        clients.presented(server.port()).equals(made.chain().get(0)));
    }

    @Test
    void serves() {
        assertThat(server.uri("/")).hasScheme("https");
        assertThat(http.get("/health").json().path("status").asString()).isEqualTo("healthy");
        assertThat(http.post("/api/broadcast/global", "{\"event\":\"e\"}").status())
                .isEqualTo(200);
        String token = TOKENS.user("somebody");
        assertThat(http.get("/api/stats", "Authorization", "Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    void isBelievedOnlyByWhoTrustsItsCertificate() {
        SecureClients strangers = new SecureClients(new TestCertificates(directory).make(unique("other"), "EC"));
        assertThatThrownBy(() -> strangers.presented(server.port())).hasCauseInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaks(String protocol) {
        assertThat(clients.presented(server.port(), protocol)).isNotNull();
    }

    @Test
    void doesNotSpeakOlderVersions() {
        assertThat(ClientHello.offer(server.port(), ClientHello.TLS_1_2)).isEqualTo(ClientHello.SERVER_HELLO);
        assertThat(ClientHello.offer(server.port(), ClientHello.TLS_1_1)).isEqualTo(ClientHello.REFUSAL);
    }

    @Test
    void speaksHttp11ToAClientThatOffersMore() throws Exception {
        HttpResponse<String> answer = clients.http()
                .send(HttpRequest.newBuilder(server.uri("/health")).build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotAnswerPlainHttp() {
        assertThat(RawHttp.get(server.port(), "127.0.0.1", "/health", "Host: localhost"))
                .doesNotContain("HTTP/1.1", "healthy");
    }

    @Test
    void leavesTheManagementPortPlain() {
        Answer answer = new HttpApi(server.managementUri("/")).get("/health/ready");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThatThrownBy(() -> clients.presented(server.managementPort())).hasCauseInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health",
                "/api/stats",
                "/api/nothing",
                "/nothing",
                "/websocket-client.js",
                "/console/nothing.js",
                "/socket.io/?EIO=4&transport=polling",
                "/socket.io/?EIO=4&transport=nothing"
            })
    void saysTheHeadersOnEveryAnswer(String path) {
        assertHeaders(http.get(path));
    }

    @Test
    void saysTheHeadersWhereAFilterOrTheContainerAnswers() {
        Answer preflight = http.send(
                "OPTIONS",
                "/api/stats",
                BodyPublishers.noBody(),
                "Origin",
                "https://app.example.com",
                "Access-Control-Request-Method",
                "GET");
        assertThat(preflight.status()).isEqualTo(204);
        assertHeaders(preflight);
        Answer badAddress = http.get("/console/%2e%2e%2f%2e%2e/x");
        assertThat(badAddress.status()).isEqualTo(400);
        assertHeaders(badAddress);
    }

    private static void assertHeaders(Answer answer) {
        assertThat(answer.headers().allValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void letsItsOwnPagesConnectAndNotThoseOfOthers() {
        String own = "https://localhost:" + server.port();
        String path = "/socket.io/?EIO=4&transport=polling";
        assertThat(http.get(path, "Origin", own).status()).isEqualTo(200);
        assertThat(http.get(path, "Origin", "https://app.example.com").status()).isEqualTo(200);
        assertThat(http.get(path, "Origin", "https://localhost").status()).isEqualTo(403);
        assertThat(http.get("/").header("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void servesTheOfficialClient(String transport) {
        String room = "survey:" + unique("tls");
        String token = TOKENS.user("somebody");
        try (SocketClient client = SocketClient.connect(
                server.uri("/"),
                clients.trusting().andThen(SocketClient.transports(transport)).andThen(SocketClient.token(token)))) {
            client.join(room);
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertThat(broadcast(room, "over " + transport)).isEqualTo(1);
            assertThat(client.next("note").path("text").asString()).isEqualTo("over " + transport);
            assertThat(client.transport()).isEqualTo(transport);
        }
    }

    private static String auth() {
        return "{\"token\":\"" + TOKENS.user("somebody") + "\"}";
    }

    private int broadcast(String room, String text) {
        Answer answer = http.post(
                "/api/broadcast/room",
                "{\"room\":\"%s\",\"event\":\"note\",\"data\":{\"text\":\"%s\"}}".formatted(room, text));
        return answer.json().path("recipients").asInt();
    }

    @Test
    void upgradesFromPollingToAWebSocket() {
        try (SocketClient client = SocketClient.connect(server.uri("/"), clients.trusting())) {
            Awaitility.await("the upgrade").atMost(Duration.ofSeconds(20)).until(() -> {
                client.ask("ping");
                return client.transport().equals("websocket");
            });
        }
    }

    @Test
    void keepsTheHeartbeatOnWebSockets() {
        try (RawWebSocket lively = clients.webSocket(server.port()).connect("");
                RawWebSocket silent = clients.silentWebSocket(server.port()).connect("")) {
            assertThat(silent.next("2")).isEqualTo("2");
            silent.send("3");
            assertThat(silent.next("2")).isEqualTo("2");
            silent.closeCode();
            assertThat(lively.isClosed()).isFalse();
            lively.send("420[\"ping\"]");
            assertThat(lively.next("430")).contains("\"ok\":true");
        }
    }

    @Test
    void closesWebSocketsFromBothSides() {
        String room = unique("project:tls");
        RawWebSocket leaving = clients.webSocket(server.port()).connect(auth());
        leaving.send("420[\"join_room\",{\"room\":\"" + room + "\"}]").next("430[{\"ok\":true");
        assertThat(broadcast(room, "still here")).isEqualTo(1);
        leaving.close();
        Awaitility.await("the end of a connection that its client broke off")
                .atMost(Duration.ofSeconds(10))
                .until(() -> broadcast(room, "gone") == 0);
        try (RawWebSocket dismissed = clients.webSocket(server.port()).connect("")) {
            dismissed.send("1");
            assertThat(dismissed.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void broadcastsToManyWebSockets() {
        String room = unique("survey:many");
        List<RawWebSocket> members = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawWebSocket member = clients.webSocket(server.port()).connect(auth());
                members.add(member);
                member.send("420[\"join_room\",{\"room\":\"" + room + "\"}]").next("430[{\"ok\":true");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(broadcast(room, "number " + i)).isEqualTo(MANY);
            }
            for (RawWebSocket member : members) {
                for (int i = 0; i < 20; i++) {
                    assertThat(member.next("42[\"note\"")).contains("\"number " + i + '"');
                }
            }
        } finally {
            members.forEach(RawWebSocket::close);
        }
    }

    @Test
    void takesTheNewCertificateUnderAConnectedClientAndNoneThatIsBroken() throws Exception {
        String room = unique("survey:rotation");
        try (SocketClient client = SocketClient.connect(
                server.uri("/"),
                clients.trusting()
                        .andThen(SocketClient.transports("websocket"))
                        .andThen(SocketClient.token(TOKENS.user("somebody"))))) {
            client.join(room);
            mount("..2", second);
            await(second);

            Files.writeString(directory.resolve("..2/tls.key"), first.keyPem());
            Awaitility.await("word of the wrong key")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> server.logText().contains("The certificate in use stays, that of CN=second"));
            assertThat(server.logText()).contains("TLS_KEY_FILE: names a file whose private key is not that of");
            assertThat(clients.presented(server.port()))
                    .isEqualTo(second.chain().get(0));

            mount("..3", first);
            await(first);
            assertThat(server.logText().lines().filter(line -> line.contains("The certificate in use stays")))
                    .hasSize(1);
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertThat(broadcast(room, "to an old connection")).isEqualTo(1);
            client.next("note");
            assertThat(client.isConnected()).isTrue();
        }
    }
}
