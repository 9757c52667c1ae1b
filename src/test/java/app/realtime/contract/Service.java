package app.realtime.contract;

import app.realtime.run.KafkaBroker;
import app.realtime.run.LibertyServer;
import io.socket.client.IO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The packaged service and a broker, as most tests share them: development settings, generous limits. Thread-safe. */
final class Service implements AutoCloseable {

    static final String RESPONSES = "survey.responses";
    static final String ANALYTICS = "survey.analytics";
    static final String LOCATIONS = "surveyor.locations";
    static final String NOTIFICATIONS = "system.notifications";
    static final int PARTITIONS = 3;

    private final KafkaBroker broker;
    private final LibertyServer server;
    private final Records records;
    private final Path keyFile;
    private final PrivateKey privateKey;
    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);

    private Service() {
        KeyPair keys = rsa();
        this.privateKey = keys.getPrivate();
        this.keyFile = pem(keys);
        this.broker = KafkaBroker.start();
        broker.createTopics(Set.of(RESPONSES, ANALYTICS, LOCATIONS, NOTIFICATIONS), PARTITIONS);
        this.records = new Records(broker.bootstrapServers());
        this.server = LibertyServer.builder()
                .environment(Map.of(
                        "KAFKA_BROKERS",
                        broker.bootstrapServers(),
                        "JWT_SECRET",
                        TokenMint.DEFAULT_SECRET,
                        "JWT_PUBLIC_KEY_LOCATION",
                        keyFile.toString(),
                        "MAX_CONNECTIONS_PER_IP",
                        "10000",
                        "RATE_LIMIT_MAX_MESSAGES",
                        "10000",
                        "LOG_LEVEL",
                        "debug"))
                .start();
        awaitKafka("connected");
    }

    static Service start() {
        return new Service();
    }

    LibertyServer server() {
        return server;
    }

    URI uri() {
        return server.uri("/");
    }

    HttpApi http() {
        return new HttpApi(server.uri("/"));
    }

    HttpApi management() {
        return new HttpApi(server.managementUri("/"));
    }

    /** Produces records with the official client. */
    Records records() {
        return records;
    }

    TokenMint tokens() {
        return tokens;
    }

    /** Signs for the public key that the service knows. */
    PrivateKey privateKey() {
        return privateKey;
    }

    SocketClient anonymous() {
        return client(options -> {});
    }

    SocketClient user(String user) {
        return client(SocketClient.token(tokens.user(user)));
    }

    SocketClient client(Consumer<IO.Options> customizer) {
        return SocketClient.connect(uri(), customizer);
    }

    RawWebSocket webSocket() {
        return RawWebSocket.open(server.port(), "/socket.io/");
    }

    /** Posts to the broadcast API, which must take it. */
    JsonNode broadcast(String path, String body) {
        Answer answer = http().post("/api/broadcast/" + path, body);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.json();
    }

    /** The value of a metric whose line has all these texts in it; 0 if there is none yet. */
    double metric(String name, String... tags) {
        return management()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && List.of(tags).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void awaitKafka(String state) {
        Awaitility.await("Kafka " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> http().get("/health")
                        .json()
                        .path("kafka")
                        .path("state")
                        .asString()
                        .equals(state));
    }

    @Override
    public void close() {
        records.close();
        server.stop();
        broker.close();
        try {
            Files.delete(keyFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(KeyPair keys) {
        try {
            String text =
                    Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
            return Files.writeString(
                    Files.createTempFile("contract-", ".pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
