package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import app.realtime.run.KafkaBroker;
import app.realtime.run.KafkaBrokerProcess;
import app.realtime.run.LibertyServer;
import app.realtime.run.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two lives of the packaged service with a real broker that is late, crashes, and comes back. The tests are one story, in
 * order, because every start costs many seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaFeedIT {

    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final String RESPONSES = "it.responses";
    private static final String ANALYTICS = "it.analytics";
    private static final String LOCATIONS = "it.locations";
    private static final String NOTIFICATIONS = "it.notifications";
    private static final String GROUP = "it-feed";
    private static final TopicPartition BUSY = new TopicPartition(RESPONSES, 0);
    private static final TopicPartition QUIET = new TopicPartition(RESPONSES, 1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration LOAD_PAUSE = Duration.ofMillis(20);

    /** One for the whole story: a directory of an instance would be emptied after each test. */
    @TempDir
    private static Path brokerData;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int brokerPort = Ports.free(1)[0];

    private LibertyServer server;
    private KafkaBroker broker;
    private RecordSource records;
    private RoomListener listener;

    private boolean failed;

    @RegisterExtension
    private final AfterTestExecutionCallback noteFailure =
            test -> failed |= test.getExecutionException().isPresent();

    @BeforeAll
    void startTheServiceBeforeItsBroker() {
        server = startServer();
    }

    @AfterAll
    void endAll() throws Exception {
        // What ends badly leaves nothing behind: the processes end with this JVM.
        for (AutoCloseable each : Arrays.asList(listener, records, server, broker)) {
            if (each != null) {
                each.close();
            }
        }
    }

    /** What follows would only wait in vain. */
    @BeforeEach
    void followsOnlyASuccess() {
        assumeFalse(failed, "An earlier part of the story failed");
    }

    @Test
    @Order(1)
    void servesBeforeThereIsABroker() {
        JsonNode health = health();

        assertThat(health.path("status").asString()).isEqualTo("degraded");
        assertThat(kafkaState(health)).isEqualTo("connecting");
        listener = RoomListener.in(server.uri("/"), token(), "survey:a", "project:p", "survey:load");
    }

    @Test
    @Order(2)
    void findsABrokerThatComesLaterAndDeliversItsRecords() {
        broker = KafkaBrokerProcess.start(brokerPort, brokerData);
        broker.createTopics(List.of(RESPONSES, ANALYTICS, NOTIFICATIONS), 2);
        awaitKafka("connected");
        assertThat(health().path("status").asString()).isEqualTo("healthy");
        records = new RecordSource(broker.bootstrapServers());

        records.send(BUSY, response("a", "first"));
        records.send(new TopicPartition(ANALYTICS, 0), "{\"projectId\":\"p\",\"analytics\":{},\"type\":\"realtime\"}");
        records.send(new TopicPartition(NOTIFICATIONS, 1), "{\"userId\":\"feed\",\"title\":\"hello\"}");

        awaitReceived("response.new", "responseId", "first");
        awaitReceived("analytics.update", "projectId", "p");
        awaitReceived("notification", "title", "hello");
    }

    @Test
    @Order(3)
    void deliversTheFirstRecordOfATopicThatIsMadeLater() {
        broker.createTopics(List.of(LOCATIONS), 1);
        records.send(new TopicPartition(LOCATIONS, 0), """
                {"surveyorId":"s","projectId":"p","location":{"coordinates":{"latitude":1,"longitude":2}}}""");

        awaitReceived("surveyor.location", "surveyorId", "s");
    }

    @Test
    @Order(4)
    void losesNothingWhenTheBrokerCrashesUnderLoad() {
        List<String> sent;
        try (RecordSource.Load load = records.load(BUSY, LOAD_PAUSE, n -> response("load", "load-" + n))) {
            awaitDelivered(50);
            broker.kill();
            awaitKafka("disconnected");
            assertThat(health().path("status").asString()).isEqualTo("degraded");
            broker.restart();
            awaitKafka("connected");
            awaitDelivered(delivered().size() + 50);
            sent = IntStream.range(0, load.stop()).mapToObj(n -> "load-" + n).toList();
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered()).containsAll(sent));
        List<String> delivered = delivered();
        assertThat(delivered.stream().distinct()).as("each in order").containsExactlyElementsOf(sent);
        assertThat(delivered.size() - sent.size())
                .as("duplicates: what had come since offsets were last committed, half a second before")
                .isLessThanOrEqualTo((int) Duration.ofSeconds(1).dividedBy(LOAD_PAUSE));
    }

    @Test
    @Order(5)
    void endsWithinTenSecondsAndQuietlyWhileConnected() {
        // What is not committed at the end comes again.
        await("committed")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records.lag(GROUP, BUSY)).isZero());
        listener.close();

        assertEndsQuietly();
    }

    @Test
    @Order(6)
    void deliversAfterItsRestartWhatAQuietPartitionGotMeanwhile() {
        records.send(QUIET, response("a", "meanwhile"));
        // So that the record cannot be read before somebody is there to receive it.
        broker.kill();
        server = startServer();
        assertThat(kafkaState(health())).isEqualTo("connecting");
        listener = RoomListener.in(server.uri("/"), token(), "survey:a", "survey:load");

        broker.restart();

        awaitReceived("response.new", "responseId", "meanwhile");
        awaitKafka("connected");
        assertThat(listener.received("response.new", "responseId"))
                .as("nothing that was committed comes again")
                .containsExactly("meanwhile");
    }

    @Test
    @Order(7)
    void endsWithinTenSecondsAndQuietlyWithoutItsBroker() {
        broker.kill();
        awaitKafka("disconnected");

        assertEndsQuietly();
    }

    private LibertyServer startServer() {
        return LibertyServer.builder()
                .environment(Map.ofEntries(
                        Map.entry("APP_ENV", "development"),
                        Map.entry("JWT_SECRET", SECRET),
                        Map.entry("KAFKA_BROKERS", "localhost:" + brokerPort),
                        Map.entry("KAFKA_GROUP_ID", GROUP),
                        Map.entry("KAFKA_CLIENT_ID", "it-feed"),
                        Map.entry("KAFKA_TOPIC_RESPONSES", RESPONSES),
                        Map.entry("KAFKA_TOPIC_ANALYTICS", ANALYTICS),
                        Map.entry("KAFKA_TOPIC_LOCATIONS", LOCATIONS),
                        Map.entry("KAFKA_TOPIC_NOTIFICATIONS", NOTIFICATIONS)))
                .start();
    }

    private void assertEndsQuietly() {
        int before = server.logText().length();
        Instant begin = Instant.now();
        server.stop();

        assertThat(Duration.between(begin, Instant.now())).isLessThan(STOP);
        assertThat(server.logText().substring(before)).doesNotContain("had to drop", "\tat ");
    }

    private JsonNode health() {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.uri("/health"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("The service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static String kafkaState(JsonNode health) {
        return health.path("kafka").path("state").asString();
    }

    private void awaitKafka(String state) {
        await(state)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kafkaState(health())).isEqualTo(state));
    }

    private void awaitReceived(String event, String field, String value) {
        await(value)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listener.received(event, field)).contains(value));
    }

    private void awaitDelivered(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** The load's records as they arrived at the client. */
    private List<String> delivered() {
        return listener.received("response.new", "responseId").stream()
                .filter(id -> id.startsWith("load-"))
                .toList();
    }

    private static String response(String survey, String id) {
        return "{\"surveyId\":\"%s\",\"responseId\":\"%s\",\"response\":{\"q\":1},\"metadata\":{}}"
                .formatted(survey, id);
    }

    private static String token() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)));
        signature.setPayload("{\"userId\":\"feed\",\"role\":\"user\",\"exp\":%d}"
                .formatted(Instant.now().plusSeconds(3600).getEpochSecond()));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
