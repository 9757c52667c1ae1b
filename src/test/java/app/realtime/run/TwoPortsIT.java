package app.realtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/adr/0002-two-ports.md. By plain sockets, since HTTP clients do not let one choose the Host header. */
class TwoPortsIT {

    private static LibertyServer server;

    @BeforeAll
    static void start() {
        server = LibertyServer.builder()
                .environment("KAFKA_BROKERS", "")
                .environment("PUBLIC_HOST_PORTS", "*:80,*:443,*:30080")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePublicPortNeverShowsManagementPages() throws IOException {
        for (String path :
                List.of("/metrics", "/openapi", "/openapi/ui/", "/health/ready", "/health/live", "/ibm/api", "/jwt")) {
            for (String host : hosts()) {
                assertThat(status(server.port(), path, host))
                        .as("%s with Host: %s", path, host)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void theManagementPortShowsThem() throws IOException {
        for (String path : List.of("/metrics", "/openapi", "/health/ready")) {
            assertThat(status(server.managementPort(), path, "10.1.2.3:" + server.managementPort()))
                    .as(path)
                    .isEqualTo(200);
        }
    }

    private static List<String> hosts() {
        return List.of(
                "localhost:" + server.port(),
                "push.example.com",
                "push.example.com:443",
                "x:30080",
                "x:30081",
                "x:" + server.managementPort());
    }

    private static int status(int port, String path, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
