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
import java.time.Duration;
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

    @TempDir
    private static Path directory;

    private static TlsService tls;
    private static LibertyServer server;
    private static SecureClients clients;

    private final HttpApi http = tls.http();

    @BeforeAll
    static void start() throws IOException {
        tls = TlsService.start(directory);
        server = tls.server();
        clients = tls.clients();
    }

    @AfterAll
    static void stop() {
        tls.close();
        assertThat(ServerLog.trouble(server.logText()))
                .as("errors but those that a test makes")
                .allMatch(line -> line.contains("The certificate in use stays"));
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
        assertThat(http.get("/api/stats", "Authorization", "Bearer " + tls.token())
                        .status())
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

    /** Also those that TLS cuts into several records, and those of which several are in one. */
    @Test
    void takesMessagesOfEverySizeWholeAndInTheirOrder() {
        int[] sizes = {1, 1_400, 8_191, 8_192, 16_384, 16_385, 100_000, 900_000, 2, 3};
        try (RawWebSocket socket = clients.webSocket(server.port()).connect(tls.auth())) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < sizes.length; i++) {
                    socket.send("42" + i + ping(sizes[i]));
                }
                for (int i = 0; i < sizes.length; i++) {
                    assertThat(socket.next("43")).startsWith("43" + i + "[");
                }
            }
        }
        String query = "/socket.io/?EIO=4&transport=polling&sid="
                + http.get("/socket.io/?EIO=4&transport=polling").body().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        post(query, "40" + tls.auth());
        post(query, "427" + ping(900_000));
        StringBuilder polled = new StringBuilder();
        Awaitility.await().until(() -> polled.append(http.get(query).body()).indexOf("437[") >= 0);
    }

    private static String ping(int size) {
        return "[\"ping\",\"" + "x".repeat(size) + "\"]";
    }

    private void post(String query, String body) {
        assertThat(http.send("POST", query, BodyPublishers.ofString(body)).body())
                .isEqualTo("ok");
    }

    @Test
    void takesTheNewCertificateUnderAConnectedClientAndNoneThatIsBroken() throws Exception {
        String room = unique("survey:rotation");
        try (SocketClient client = SocketClient.connect(
                server.uri("/"),
                clients.trusting()
                        .andThen(SocketClient.transports("websocket"))
                        .andThen(SocketClient.token(tls.token())))) {
            client.join(room);
            tls.mount("..2", tls.second());
            await(tls.second());

            Files.writeString(directory.resolve("..2/tls.key"), tls.first().keyPem());
            Awaitility.await("word of the wrong key")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> server.logText().contains("The certificate in use stays, that of CN=second"));
            assertThat(server.logText()).contains("TLS_KEY_FILE: names a file whose private key is not that of");
            assertThat(clients.presented(server.port()))
                    .isEqualTo(tls.second().chain().get(0));

            tls.mount("..3", tls.first());
            await(tls.first());
            assertThat(server.logText().lines().filter(line -> line.contains("The certificate in use stays")))
                    .hasSize(1);
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertThat(tls.broadcast(room, "to an old connection")).isEqualTo(1);
            client.next("note");
            assertThat(client.isConnected()).isTrue();
        }
    }
}
