package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.contract.HttpApi;
import app.realtime.contract.SecureClients;
import app.realtime.run.LibertyServer;
import app.realtime.run.RedisServer;
import app.realtime.tls.TestCertificates;
import app.realtime.tls.TestCertificates.Made;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that speak TLS themselves, so that a load balancer sees no more than connections. */
class RelayTlsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<LibertyServer> servers = new ArrayList<>();
    private RedisServer redis;
    private SecureClients clients;
    private HttpClient http;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        RedisServer.require();
        redis = RedisServer.running();
        Made certificate = new TestCertificates(directory).make("service", "EC");
        certificate.writeTo(directory);
        clients = new SecureClients(certificate);
        http = clients.http();
        for (int i = 0; i < 2; i++) {
            servers.add(LibertyServer.builder()
                    .environment("TLS_CERT_FILE", directory.resolve("tls.crt").toString())
                    .environment("TLS_KEY_FILE", directory.resolve("tls.key").toString())
                    .environment("REDIS_URL", redis.url())
                    .environment("APP_ENV", "development")
                    .start());
        }
        servers.forEach(server -> await().atMost(SOON)
                .until(() -> api(server)
                                .get("/api/stats")
                                .json()
                                .path("stats")
                                .path("cluster")
                                .path("instances")
                                .size()
                        == 2));
    }

    @AfterEach
    void stop() {
        servers.forEach(LibertyServer::kill);
        redis.close();
    }

    private HttpApi api(LibertyServer server) {
        return new HttpApi(server.uri("/"), http);
    }

    private static URI endpoint(LibertyServer server, String query) {
        return server.uri("/socket.io/?EIO=4&" + query);
    }

    private String poll(LibertyServer server, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint(server, "transport=polling" + query))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String post(LibertyServer server, String sid, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint(server, "transport=polling&sid=" + sid))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void pollsBodiesAndUpgradesReachTheirSessionAtTheOther() throws Exception {
        LibertyServer owner = servers.get(0);
        LibertyServer other = servers.get(1);
        String sid = poll(owner, "").replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(post(other, sid, "40")).isEqualTo("ok");
        assertThat(poll(other, "&sid=" + sid)).startsWith("40{\"sid\"");

        Frames frames = new Frames();
        URI secure = endpoint(other, "transport=websocket&sid=" + sid);
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(secure.toString().replaceFirst("https", "wss")), frames)
                .get(20, TimeUnit.SECONDS);
        send(socket, "2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        send(socket, "5");
        String large = "y".repeat(300_000);
        for (int i = 0; i < 10; i++) {
            send(socket, "42" + i + "[\"ping\",\"" + large + "\"]");
        }
        List<String> answers = new ArrayList<>();
        while (answers.size() < 10) {
            String frame = frames.next();
            if (frame.startsWith("43")) {
                answers.add(frame.substring(0, 4));
            }
        }
        assertThat(answers)
                .containsExactly("430[", "431[", "432[", "433[", "434[", "435[", "436[", "437[", "438[", "439[");
        for (int i = 0; i < 10; i++) {
            assertThat(api(other)
                            .post(
                                    "/api/broadcast/global",
                                    "{\"event\":\"note\",\"data\":{\"text\":\"" + i + large + "\"}}")
                            .status())
                    .isEqualTo(200);
            assertThat(frames.next()).contains("\"" + i + large);
        }
        send(socket, "1");
        assertThat(frames.next()).isEqualTo("closed");
        assertThat(post(owner, sid, "2")).contains("Session ID unknown");
    }

    private static void send(WebSocket socket, String text) throws Exception {
        socket.sendText(text, true).get(20, TimeUnit.SECONDS);
    }
}
