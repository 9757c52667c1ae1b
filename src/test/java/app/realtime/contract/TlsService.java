package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyServer;
import app.realtime.tls.TestCertificates;
import app.realtime.tls.TestCertificates.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The packaged service with a certificate in PEM files, mounted as Kubernetes mounts secrets, without Kafka.
 *
 * @param first what it starts with, RSA
 * @param second another, EC
 * @param clients trust both
 */
record TlsService(Path directory, Made first, Made second, SecureClients clients, LibertyServer server)
        implements AutoCloseable {

    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);

    /** @param directory empty, and deleted by the caller */
    static TlsService start(Path directory) throws IOException {
        TestCertificates certificates = new TestCertificates(directory);
        Made first = certificates.make("first", "RSA", "-keysize", "2048");
        Made second = certificates.make("second", "EC");
        mount(directory, "..1", first);
        Path certificate = Files.createSymbolicLink(directory.resolve("tls.crt"), Path.of("..data/tls.crt"));
        Path key = Files.createSymbolicLink(directory.resolve("tls.key"), Path.of("..data/tls.key"));
        LibertyServer server = LibertyServer.builder()
                .environment(Map.of(
                        "TLS_CERT_FILE", certificate.toString(),
                        "TLS_KEY_FILE", key.toString(),
                        "KAFKA_BROKERS", "",
                        "JWT_SECRET", TokenMint.DEFAULT_SECRET,
                        "ALLOWED_ORIGINS", "https://app.example.com",
                        "MAX_CONNECTIONS_PER_IP", "1000",
                        "HEARTBEAT_INTERVAL", "1000",
                        "CONNECTION_TIMEOUT", "2000"))
                .start();
        return new TlsService(directory, first, second, new SecureClients(first, second), server);
    }

    /** Puts another pair in the place of the one that is there. @param name of a directory of its own */
    void mount(String name, Made made) throws IOException {
        mount(directory, name, made);
    }

    private static void mount(Path directory, String name, Made made) throws IOException {
        made.writeTo(directory.resolve(name));
        Path draft = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(name));
        Files.move(draft, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    HttpApi http() {
        return new HttpApi(server.uri("/"), clients.http());
    }

    /** Broadcasts an event {@code note}. @return to how many */
    int broadcast(String room, String text) {
        String body = "{\"room\":\"%s\",\"event\":\"note\",\"data\":{\"text\":\"%s\"}}".formatted(room, text);
        return http().post("/api/broadcast/room", body)
                .json()
                .path("recipients")
                .asInt();
    }

    String token() {
        return TOKENS.user("somebody");
    }

    /** The token as a packet CONNECT has it. */
    String auth() {
        return "{\"token\":\"" + token() + "\"}";
    }

    /** Stops the server, and looks for secrets in its log. */
    @Override
    public void close() {
        server.stop();
        assertThat(ServerLog.leaks(server.logText(), Secrets.all())).isZero();
        assertThat(server.logText()).doesNotContain("PRIVATE KEY-");
    }
}
