package app.realtime.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.run.KafkaBrokerProcess;
import app.realtime.run.LibertyServer;
import app.realtime.run.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What really happens to brokers and to this service, under load, and what becomes of the records: {@code mvn verify
 * -Pchaos}. Each failure has a service and a broker of its own. Records come 200 a second, every twentieth of them no event;
 * whatever is produced must be delivered or be a dead letter.
 */
@Tag("chaos")
class ChaosIT {

    private static final int RATE = 200;
    /** What was handed over since the last commit comes again: a fifth of a second of it, with room for a slow machine. */
    private static final int AGAIN = RATE;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Report REPORT = new Report();

    /** Held, since the logging framework forgets loggers that nobody holds; a client without a broker says a lot. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @TempDir
    private Path directory;

    @BeforeAll
    static void quiet() {
        KAFKA.setLevel(Level.OFF);
    }

    @AfterAll
    static void report() {
        REPORT.print();
    }

    @Test
    void theBrokerIsDownAtTheStart() throws Exception {
        try (Stage stage = new Stage()) {
            int port = Ports.free(1)[0];
            LibertyServer service =
                    stage.with(stage.service("localhost:" + port, Map.of()).start());
            assertThat(stage.kafka(service).path("state").asString()).isEqualTo("connecting");
            stage.receiver(service);
            KafkaBrokerProcess broker = stage.with(KafkaBrokerProcess.start(port, directory));
            broker.createTopics(Stage.TOPICS, 3);
            Load load = stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC));
            stage.awaitState(service, "connected");
            load.begin(RATE);
            stage.awaitDelivered(5 * RATE);

            accountsForAll(
                    stage.count("broker down at the start, then up", broker.bootstrapServers(), load, PATIENCE, ""),
                    load,
                    0);
        }
    }

    @Test
    void theBrokerIsKilledUnderLoad() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer service = connected(stage, broker, Map.of());
            stage.receiver(service);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);
            broker.kill();
            stage.awaitState(service, "disconnected");
            broker.restart();
            stage.awaitState(service, "connected");
            stage.awaitDelivered(stage.delivered().distinct() + 5 * RATE);

            Report.Row row = stage.count(
                    "broker killed with -9 and restarted under load",
                    broker.bootstrapServers(),
                    load,
                    PATIENCE,
                    "reconnects " + stage.kafka(service).path("reconnects").asInt());
            accountsForAll(row, load, AGAIN);
            assertThat(stage.kafka(service).path("reconnects").asInt()).isPositive();
        }
    }

    @Test
    void theBrokerFreezesUnderLoad() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer service = connected(stage, broker, Map.of());
            stage.receiver(service);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);
            broker.freeze();
            stage.awaitState(service, "disconnected");
            broker.thaw();
            stage.awaitState(service, "connected");
            stage.awaitDelivered(stage.delivered().distinct() + 5 * RATE);

            accountsForAll(
                    stage.count("broker frozen and thawed under load", broker.bootstrapServers(), load, PATIENCE, ""),
                    load,
                    AGAIN);
        }
    }

    @Test
    void theTopicsAreMissingAndThenCreated() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = stage.with(KafkaBrokerProcess.start(Ports.free(1)[0], directory));
            LibertyServer service = connected(stage, broker, Map.of());
            stage.receiver(service);
            broker.createTopics(Stage.TOPICS, 3);
            // At once, and so before the service knows of them.
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);

            accountsForAll(
                    stage.count("topics missing, then created", broker.bootstrapServers(), load, PATIENCE, ""),
                    load,
                    0);
        }
    }

    @Test
    void oneOfTwoInstancesIsKilled() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer one = connected(stage, broker, Map.of());
            LibertyServer other = connected(stage, broker, Map.of());
            stage.receiver(one);
            stage.receiver(other);
            await("both read").atMost(PATIENCE).until(() -> assigned(stage, one) > 0 && assigned(stage, other) > 0);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);
            one.kill();
            await("the other takes over").atMost(PATIENCE).until(() -> assigned(stage, other) == 12);
            stage.awaitDelivered(stage.delivered().distinct() + 5 * RATE);

            accountsForAll(
                    stage.count(
                            "one of two instances killed with -9 under load",
                            broker.bootstrapServers(),
                            load,
                            PATIENCE,
                            ""),
                    load,
                    AGAIN);
        }
    }

    @Test
    void oneOfTwoInstancesIsStopped() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer one = connected(stage, broker, Map.of());
            LibertyServer other = connected(stage, broker, Map.of());
            stage.receiver(one);
            stage.receiver(other);
            await("both read").atMost(PATIENCE).until(() -> assigned(stage, one) > 0 && assigned(stage, other) > 0);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);
            one.stop();
            await("the other takes over").atMost(PATIENCE).until(() -> assigned(stage, other) == 12);
            stage.awaitDelivered(stage.delivered().distinct() + 5 * RATE);

            accountsForAll(
                    stage.count(
                            "one of two instances stopped under load", broker.bootstrapServers(), load, PATIENCE, ""),
                    load,
                    0);
        }
    }

    /** The broker is frozen until the receiver is back, because nobody can receive what nobody is there for. */
    @Test
    void theServiceIsKilledUnderLoad() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer service = connected(stage, broker, Map.of());
            stage.receiver(service);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);
            service.kill();
            broker.freeze();
            LibertyServer next = stage.with(
                    stage.service(broker.bootstrapServers(), Map.of()).start());
            stage.receiver(next);
            broker.thaw();
            stage.awaitState(next, "connected");
            stage.awaitDelivered(stage.delivered().distinct() + 5 * RATE);

            accountsForAll(
                    stage.count(
                            "the service killed with -9 under load, restarted",
                            broker.bootstrapServers(),
                            load,
                            PATIENCE,
                            ""),
                    load,
                    AGAIN);
        }
    }

    /** A pattern of a schema that takes longer than anybody's life on some texts: a handler that hangs, in earnest. */
    @Test
    void aHandlerHangs() throws Exception {
        String routes = """
                {routes: [{topic: chaos.hangs, event: chaos, rooms: ["survey:chaos"],
                schema: {properties: {text: {pattern: '^(?:(a|aa)+\\1)+b$'}}}}]}""".replace("\n", " ");
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            broker.createTopics(List.of("chaos.hangs"), 3);
            LibertyServer service =
                    connected(stage, broker, Map.of("KAFKA_ROUTES", routes, "KAFKA_RECORD_TIMEOUT", "1000"));
            stage.receiver(service);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            try (Poison poison = new Poison(broker.bootstrapServers(), "chaos.hangs")) {
                poison.send(10);
                await("given up").atMost(PATIENCE).until(() -> timedOut(stage, service) == 10);
            }
            stage.awaitDelivered(5 * RATE);

            Report.Row row = stage.count(
                    "a handler that hangs, ten times",
                    broker.bootstrapServers(),
                    load,
                    PATIENCE,
                    "given up " + timedOut(stage, service));
            accountsForAll(row, load, 0);
            assertThat(service.logText())
                    .contains("Gave up a record that took longer than 1000 ms", "InterruptiblePattern");
        }
    }

    @Test
    void theBrokerRefusesTheCredentials() throws Exception {
        try (Stage stage = new Stage()) {
            SecureListener listener = new SecureListener(directory);
            KafkaBrokerProcess broker = stage.with(KafkaBrokerProcess.start(listener.expecting("another")));
            broker.createTopics(Stage.TOPICS, 3);
            LibertyServer service = stage.with(stage.service(listener.address(), listener.clientWith("secret"))
                    .start());
            stage.receiver(service);
            await("says why")
                    .atMost(PATIENCE)
                    .until(() ->
                            stage.kafka(service).path("reason").asString("").equals("authentication"));
            broker.kill();
            broker.restart(listener.expecting("secret"));
            stage.awaitState(service, "connected");
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(5 * RATE);

            Report.Row row = stage.count(
                    "SASL_SSL: wrong password at first, then right", broker.bootstrapServers(), load, PATIENCE, "");
            accountsForAll(row, load, 0);
            assertThat(service.logText())
                    .contains("the brokers refuse to let us in")
                    .doesNotContain("password=\"secret\"", listener.storePassword());
        }
    }

    @Test
    void theBrokerAnswersSlowly() throws Exception {
        try (Stage stage = new Stage();
                SlowProxy proxy = new SlowProxy(Duration.ofMillis(700))) {
            int port = Ports.free(1)[0];
            KafkaBrokerProcess broker = stage.with(KafkaBrokerProcess.start(
                    new KafkaBrokerProcess.Listener(port, proxy.port(), "PLAINTEXT", Map.of())));
            broker.createTopics(Stage.TOPICS, 3);
            proxy.begin(port);
            LibertyServer service = stage.with(
                    stage.service("localhost:" + proxy.port(), Map.of()).start());
            stage.awaitState(service, "connected");
            stage.receiver(service);
            Load load =
                    stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC)).begin(RATE);
            stage.awaitDelivered(10 * RATE);

            accountsForAll(
                    stage.count("a broker that takes 0.7 s to answer", broker.bootstrapServers(), load, PATIENCE, ""),
                    load,
                    0);
        }
    }

    @Test
    void aMillionRecordsComeAtOnce() throws Exception {
        try (Stage stage = new Stage()) {
            KafkaBrokerProcess broker = broker(stage);
            LibertyServer service = connected(stage, broker, Map.of());
            Receiver receiver = stage.receiver(service);
            Load load = stage.with(new Load(broker.bootstrapServers(), Stage.TOPIC));
            long before = Resident.kilobytes(service.pid());
            Handshakes handshakes = stage.with(new Handshakes(service.uri("/")));
            handshakes.begin();
            double quiet = handshakes.awaitMedian(30);
            load.burst(1_000_000);
            await("half of it")
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> stage.delivered().distinct() > 500_000);
            long during = Resident.kilobytes(service.pid());
            Report.Row row = stage.count(
                    "a million records at once",
                    broker.bootstrapServers(),
                    load,
                    Duration.ofMinutes(4),
                    "RSS %d -> %d MB, handshake p50 %.0f -> %.0f ms, p99 %.0f ms"
                            .formatted(
                                    before / 1024,
                                    during / 1024,
                                    quiet,
                                    handshakes.quantile(0.5),
                                    handshakes.quantile(0.99)));
            accountsForAll(row, load, 0);
            assertThat(receiver.isCut())
                    .as("a client that reads well is not sent away")
                    .isFalse();
            assertThat(handshakes.failures()).isZero();
        }
    }

    private static void accountsForAll(Report.Row row, Load load, int again) {
        REPORT.add(row);
        assertThat(row.lost()).as("lost").isZero();
        assertThat(row.deadLettered()).as("dead letters").isEqualTo(load.invalid());
        assertThat(row.delivered()).as("delivered").isEqualTo(row.produced() - load.invalid());
        assertThat(row.duplicated()).as("duplicates").isLessThanOrEqualTo(again);
    }

    private KafkaBrokerProcess broker(Stage stage) {
        KafkaBrokerProcess broker = stage.with(KafkaBrokerProcess.start(Ports.free(1)[0], directory));
        broker.createTopics(Stage.TOPICS, 3);
        return broker;
    }

    private static LibertyServer connected(Stage stage, KafkaBrokerProcess broker, Map<String, String> more) {
        LibertyServer service =
                stage.with(stage.service(broker.bootstrapServers(), more).start());
        stage.awaitState(service, "connected");
        return service;
    }

    private static long assigned(Stage stage, LibertyServer service) {
        return stage.kafka(service)
                .path("partitions")
                .valueStream()
                .filter(partition -> partition.path("assigned").asBoolean())
                .count();
    }

    private static int timedOut(Stage stage, LibertyServer service) {
        return stage.kafka(service)
                .path("partitions")
                .valueStream()
                .map(partition -> partition.path("records").path("timed_out"))
                .mapToInt(JsonNode::asInt)
                .sum();
    }
}
