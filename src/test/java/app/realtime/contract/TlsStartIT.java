package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyServer;
import app.realtime.tls.TestCertificates;
import app.realtime.tls.TestCertificates.Made;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to begin: with files that are no good, and with a keystore of Liberty's in place of files. */
class TlsStartIT {

    @TempDir
    private Path directory;

    @Test
    void refusesFilesThatAreNoGoodTogetherWithAllElse() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.make("one", "EC").writeTo(directory);
        Files.writeString(
                directory.resolve("tls.key"), certificates.make("two", "EC").keyPem());
        LibertyServer server = LibertyServer.builder()
                .environment(Map.of(
                        "TLS_CERT_FILE",
                        directory.resolve("tls.crt").toString(),
                        "TLS_KEY_FILE",
                        directory.resolve("tls.key").toString(),
                        "KAFKA_BROKERS",
                        "",
                        "HEARTBEAT_INTERVAL",
                        "soon"))
                .launch();
        try (server) {
            assertThat(server.onExit().get(90, TimeUnit.SECONDS)).isEqualTo(78);
            assertThat(server.logText())
                    .contains("its configuration has 2 problems")
                    .containsPattern(
                            "(?m)^TLS_KEY_FILE: .* not that of the first certificate in TLS_CERT_FILE; expected ")
                    .containsPattern("(?m)^HEARTBEAT_INTERVAL: ")
                    .doesNotContain("CWWKO0219I: TCP Channel publicEndpoint");
        }
    }

    private static void saysGoodbye(LibertyServer server, SecureClients clients) throws Exception {
        try (RawWebSocket member = clients.webSocket(server.port()).connect("")) {
            long begin = System.nanoTime();
            ProcessHandle.of(server.pid()).orElseThrow().destroy();
            assertThat(member.next("42[\"server_shutdown\"")).contains("\"message\":");
            assertThat(member.closeCode()).isPositive();
            server.onExit().get(40, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static String documented() throws IOException {
        Matcher block = Pattern.compile("(?s)```xml\n(.*?)```").matcher(Files.readString(Path.of("docs/tls.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    /** By the file of docs/tls.md. */
    @Test
    void takesAKeystoreOfLibertys() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        Made made = certificates.make("keystore", "EC");
        TestCertificates others = new TestCertificates(Files.createDirectory(directory.resolve("next")));
        Made next = others.make("next", "EC");
        SecureClients clients = new SecureClients(made, next);
        LibertyServer server = LibertyServer.builder()
                .environment(Map.of(
                        "KAFKA_BROKERS",
                        "",
                        "KEYSTORE_FILE",
                        certificates.keyStore().toString(),
                        "KEYSTORE_PASSWORD",
                        TestCertificates.PASSWORD))
                .file("configDropins/overrides/tls.xml", documented())
                .start();
        try (server) {
            assertThat(clients.presented(server.port())).isEqualTo(made.chain().get(0));
            URI uri = URI.create("https://localhost:" + server.port() + "/");
            Answer health = new HttpApi(uri, clients.http()).get("/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.header("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(ClientHello.offer(server.port(), ClientHello.TLS_1_1)).isEqualTo(ClientHello.REFUSAL);
            assertThat(ClientHello.offer(server.port(), ClientHello.TLS_1_2)).isEqualTo(ClientHello.SERVER_HELLO);
            assertThat(RawHttp.get(server.port(), "127.0.0.1", "/health", "Host: localhost"))
                    .doesNotContain("HTTP/1.1");
            assertThat(new HttpApi(server.managementUri("/"))
                            .get("/health/ready")
                            .status())
                    .isEqualTo(200);
            try (SocketClient client =
                    SocketClient.connect(uri, clients.trusting().andThen(SocketClient.transports("websocket")))) {
                Files.move(others.keyStore(), certificates.keyStore(), StandardCopyOption.REPLACE_EXISTING);
                Awaitility.await("the new certificate")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> clients.presented(server.port())
                                .equals(next.chain().get(0)));
                assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            }
            saysGoodbye(server, clients);
        }
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
    }
}
