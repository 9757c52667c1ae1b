package app.realtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.run.KafkaBroker;
import app.realtime.run.LibertyServer;
import io.socket.client.IO;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator has of the Kafka side: dead letters and their redrive, routes by configuration, figures, and traces. A
 * server in production with a broker of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaOperationsIT {

    private static final String SECRET = "a secret of production, longer than 32 bytes";
    private static final String KEY = "operations-key-4711";
    private static final String RESPONSES = "ops.responses";
    private static final String ORDERS = "ops.orders";
    private static final String HIDDEN = "what-nobody-may-read-in-a-log";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String ROUTES = """
            roomTypes:
              order: listed
              shop: authenticated
            routes:
              - topic: ops.orders
                event: order.updated
                rooms:
                  - order:{/id}
                  - shop:{header:shop}
                  - user:{/customer/id?}
                schema: order.json
            """;

    private static final String SCHEMA = """
            {"type":"object","required":["id"],"properties":{"total":{"type":"number","minimum":0}}}""";

    @TempDir
    private static Path directory;

    private final TokenMint tokens = new TokenMint(SECRET);
    private KafkaBroker broker;
    private SpanCollector spans;
    private LibertyServer server;
    private HttpApi http;
    private KafkaProducer<String, String> producer;

    @BeforeAll
    void start() throws IOException {
        Path routes = Files.writeString(directory.resolve("routes.yaml"), ROUTES);
        Files.writeString(directory.resolve("order.json"), SCHEMA);
        broker = KafkaBroker.start();
        broker.createTopics(List.of(RESPONSES, ORDERS), 1);
        spans = new SpanCollector();
        server = LibertyServer.builder()
                .environment(Map.ofEntries(
                        Map.entry("APP_ENV", "production"),
                        Map.entry("JWT_SECRET", SECRET),
                        Map.entry("API_KEYS", KEY),
                        Map.entry("ALLOWED_ORIGINS", "https://app.example.com"),
                        Map.entry("MAX_CONNECTIONS_PER_IP", "100"),
                        Map.entry("KAFKA_BROKERS", broker.bootstrapServers()),
                        Map.entry("KAFKA_TOPIC_RESPONSES", RESPONSES),
                        Map.entry("KAFKA_ROUTES_FILE", routes.toString()),
                        Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", spans.endpoint()),
                        Map.entry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                        Map.entry("OTEL_METRICS_EXPORTER", "none"),
                        Map.entry("OTEL_LOGS_EXPORTER", "none"),
                        Map.entry("OTEL_BSP_SCHEDULE_DELAY", "200")))
                .start();
        http = new HttpApi(server.uri("/"));
        await("connected")
                .atMost(PATIENCE)
                .until(() -> stats().path("state").asString().equals("connected"));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
    }

    @AfterAll
    void stop() {
        producer.close();
        server.stop();
        broker.close();
        spans.close();
        assertThat(ServerLog.trouble(server.logText())).isEmpty();
        assertThat(server.logText()).doesNotContain(KEY, SECRET, HIDDEN);
    }

    @Test
    void theConsoleIsForKeysAndAdministratorsAlone() {
        URI console = URI.create(server.uri("/") + "console");
        assertThat(code(SocketClient.begin(console, options -> {}))).isEqualTo("credentials_required");
        assertThat(code(SocketClient.begin(console, auth("apiKey", "wrong")))).isEqualTo("api_key_invalid");
        assertThat(code(SocketClient.begin(console, SocketClient.token(tokens.user("ann")))))
                .isEqualTo("role_required");
        assertThat(code(SocketClient.begin(
                        console, SocketClient.token(tokens.sign(TokenMint.claims("bot", "service"))))))
                .isEqualTo("role_required");
        try (SocketClient byKey = SocketClient.connect(console, auth("apiKey", KEY));
                SocketClient byToken = SocketClient.connect(
                        console,
                        SocketClient.token(tokens.sign(TokenMint.claims("boss", "admin", Duration.ofSeconds(3)))))) {
            assertThat(byKey.isConnected()).isTrue();
            assertThat(byToken.disconnection()).as("the token expires").isEqualTo("io server disconnect");
            assertThat(byKey.isConnected()).isTrue();
        }
    }

    @Test
    void administrationNeedsAKeyAndMakesNoTokensInProduction() {
        for (String path : List.of("/api/admin/tokens", "/api/admin/kafka/records")) {
            assertThat(http.post(path, "{}").status()).as(path).isEqualTo(401);
        }
        assertThat(http.get("/api/admin/configuration").status()).isEqualTo(401);
        assertThat(http.get("/api/admin/configuration", "Authorization", "Bearer " + tokens.user("ann"))
                        .status())
                .isEqualTo(403);
        Answer token = http.post("/api/admin/tokens", "{\"userId\":\"ann\"}", "X-API-Key", KEY);
        assertThat(token.status()).isEqualTo(403);
        assertThat(token.json().path("code").asString()).isEqualTo("development_only");
        Answer configuration = http.get("/api/admin/configuration", "X-API-Key", KEY);
        assertThat(configuration.status()).isEqualTo(200);
        assertThat(configuration.body())
                .contains("\"KAFKA_TOPIC_RESPONSES\",\"value\":\"" + RESPONSES + '"')
                .doesNotContain(KEY, SECRET);
    }

    private static String code(SocketClient refused) {
        try (refused) {
            return refused.refusal().path("data").path("code").asString();
        }
    }

    private static Consumer<IO.Options> auth(String name, String value) {
        return options -> options.auth = Map.of(name, value);
    }

    @Test
    void keepsARejectedRecordWithItsKeyItsHeadersAndWhy() {
        String value = "{\"surveyId\":\"%s\"}".formatted(HIDDEN);
        long offset = send(RESPONSES, "the-key", value, Map.of("origin", "test"));

        ConsumerRecord<String, String> letter = awaitLetter(RESPONSES, value);
        assertThat(letter.key()).isEqualTo("the-key");
        assertThat(headers(letter))
                .containsEntry("origin", "test")
                .containsEntry("dlt.reason", "invalid")
                .containsEntry("dlt.detail", "responseId is required")
                .containsEntry("dlt.original-topic", RESPONSES)
                .containsEntry("dlt.original-partition", "0")
                .containsEntry("dlt.original-offset", Long.toString(offset))
                .containsEntry("dlt.attempts", "1")
                .containsKeys("dlt.original-timestamp", "dlt.service-version");
    }

    @Test
    void tellsMalformedFromInvalid() {
        String value = "{\"surveyId\":" + HIDDEN;
        send(RESPONSES, null, value, Map.of());

        assertThat(headers(awaitLetter(RESPONSES, value)))
                .containsEntry("dlt.reason", "malformed")
                .hasEntrySatisfying("dlt.detail", detail -> assertThat(detail).contains("not valid JSON"));
    }

    @Test
    void sendsDeadLettersThroughAgainOnceAndSaysWhatHappened() {
        String order = "redriven-" + System.nanoTime();
        // As one that was rejected for a reason that is gone now.
        send(ORDERS + ".dlt", "k", "{\"id\":\"" + order + "\",\"total\":1}", Map.of("shop", "s1"));
        send(ORDERS + ".dlt", "k", "{\"id\":\"" + order + "\",\"total\":-1}", Map.of("shop", "s1"));
        try (SocketClient client = client("redriver", List.of("order:*")).join("order:" + order)) {
            JsonNode first = redrive(ORDERS, 1000, "X-API-Key", KEY).json();

            JsonNode event = client.next("order.updated");
            assertThat(event.path("id").asString()).isEqualTo(order);
            assertThat(event.path("timestamp").isString()).isTrue();
            assertThat(first.path("deadLetterTopic").asString()).isEqualTo(ORDERS + ".dlt");
            assertThat(first.path("delivered").asInt()).isEqualTo(1);
            assertThat(first.path("remaining").asInt()).isZero();
            assertThat(first.path("results")
                            .valueStream()
                            .map(result -> result.path("outcome").asString()))
                    .contains("delivered", "invalid");
            assertThat(first.path("results")
                            .valueStream()
                            .filter(result -> result.path("outcome").asString().equals("invalid"))
                            .map(result -> result.path("detail").asString()))
                    .contains("/total does not fit the schema's rule /properties/total/minimum");
        }

        JsonNode second = redrive(ORDERS, 1000, "X-API-Key", KEY).json();
        assertThat(second.path("delivered").asInt()).as("not again").isZero();
        assertThat(second.path("rejected").asInt())
                .as("what was rejected again")
                .isPositive();
    }

    @Test
    void redrivesForAdminsAndHoldersOfAKeyAlone() {
        assertThat(redrive(RESPONSES, 1).status()).isEqualTo(401);
        assertThat(redrive(RESPONSES, 1, "Authorization", "Bearer " + role("service"))
                        .status())
                .isEqualTo(403);
        assertThat(redrive(RESPONSES, 1, "Authorization", "Bearer " + role("user"))
                        .status())
                .isEqualTo(403);
        assertThat(redrive(RESPONSES, 1, "Authorization", "Bearer " + role("admin"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void saysWhatIsWrongWithARequestToRedrive() {
        Answer unknown =
                http.post("/api/admin/dead-letters/redrive", "{\"topic\":\"x\",\"limit\":0}", "X-API-Key", KEY);

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json()
                        .path("fields")
                        .valueStream()
                        .map(field -> field.path("field").asString()))
                .containsExactly("topic", "limit");
        assertThat(unknown.body()).contains(RESPONSES, ORDERS, "from 1 to 1000");
    }

    @Test
    void routesATopicOfTheConfigurationToItsRooms() {
        try (SocketClient order = client("o", List.of("order:17")).join("order:17");
                SocketClient shop = client("s", List.of("shop:*")).join("shop:s2");
                SocketClient customer = client("c9", List.of())) {
            send(ORDERS, "k", "{\"id\":17,\"total\":5,\"customer\":{\"id\":\"c9\"}}", Map.of("shop", "s2"));

            for (SocketClient client : List.of(order, shop, customer)) {
                assertThat(client.next("order.updated").path("total").asInt()).isEqualTo(5);
            }
        }
    }

    @Test
    void letsOnlyThoseIntoARoomThatIsListedWhoseTokenListsIt() {
        try (SocketClient listed = client("l", List.of("order:1"));
                SocketClient other = SocketClient.connect(server.uri("/"), SocketClient.token(tokens.user("x")))) {
            assertThat(joins(listed, "order:1")).isTrue();
            assertThat(joins(listed, "order:2")).isFalse();
            assertThat(joins(other, "order:1")).isFalse();
            assertThat(joins(other, "shop:1")).isTrue();
            assertThat(joins(other, "unknown:1")).isFalse();
        }
    }

    @Test
    void broadcastsByHttpToRoomsOfDeclaredTypes() {
        try (SocketClient client = client("h", List.of("order:*")).join("order:http")) {
            Answer answer = http.post(
                    "/api/broadcast/room", "{\"room\":\"order:http\",\"event\":\"e\",\"data\":1}", "X-API-Key", KEY);

            assertThat(answer.json().path("recipients").asInt()).isEqualTo(1);
            assertThat(client.next("e").asInt()).isEqualTo(1);
        }
    }

    @Test
    void countsEveryPartition() {
        try (SocketClient client = client("f", List.of("survey:*")).join("survey:figures")) {
            send(RESPONSES, null, "{\"surveyId\":\"figures\",\"responseId\":\"1\"}", Map.of());
            client.next("response.new");
        }
        await("counted").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode partition = partition(stats(), RESPONSES);
            assertThat(partition.path("assigned").asBoolean()).isTrue();
            assertThat(partition.path("lag").asInt(-1)).isZero();
            assertThat(partition.path("lastOffset").asInt(-1)).isNotNegative();
            assertThat(partition.path("newestRecordAgeMs").asInt(-1)).isNotNegative();
            assertThat(partition.path("records").path("delivered").asInt()).isPositive();
            assertThat(partition.path("delayMs").path("count").asInt()).isPositive();
            assertThat(partition.path("delayMs").path("atMost").path("300000").asInt())
                    .isPositive();
        });
        String metrics = new HttpApi(server.managementUri("/")).get("/metrics").body();
        String tags = "partition=\"0\",topic=\"" + RESPONSES + "\"";
        for (String metric : List.of(
                "realtime_kafka_lag",
                "realtime_kafka_last_offset",
                "realtime_kafka_newest_record_age_seconds",
                "realtime_kafka_records_total")) {
            assertThat(metrics.lines().filter(line -> line.startsWith(metric + '{') && line.contains(tags)))
                    .as(metric)
                    .isNotEmpty();
        }
        assertThat(metrics)
                .contains("realtime_kafka_delay_seconds_bucket{", "realtime_kafka_reconnects_total", "le=\"0.005\"")
                .containsPattern("realtime_kafka_connected(\\{[^}]*})? 1\\.0");
    }

    @Test
    void showsItsPartitionsToOperatorsAndNotToEverybody() {
        Answer open = http.get("/health");
        Answer inside = new HttpApi(server.managementUri("/")).get("/health/ready");

        assertThat(open.json().path("kafka").path("state").asString()).isEqualTo("connected");
        assertThat(open.json().path("kafka").path("reconnects").isIntegralNumber())
                .isTrue();
        assertThat(open.body()).doesNotContain(RESPONSES);
        assertThat(inside.body()).contains(RESPONSES + "-0", "lag");
    }

    @Test
    void makesTheTraceOfARecordTheParentOfItsBroadcast() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String parent = "00f067aa0ba902b7";
        send(
                ORDERS,
                null,
                "{\"id\":\"traced\"}",
                Map.of("shop", "s", "traceparent", "00-" + trace + "-" + parent + "-01"));

        await("the span").atMost(PATIENCE).until(() -> spans.has("broadcast order.updated", trace, parent));
    }

    private JsonNode stats() {
        return http.get("/api/stats", "X-API-Key", KEY).json().path("stats").path("kafka");
    }

    private static JsonNode partition(JsonNode kafka, String topic) {
        return kafka.path("partitions")
                .valueStream()
                .filter(partition -> partition.path("topic").asString().equals(topic))
                .findAny()
                .orElseThrow();
    }

    private Answer redrive(String topic, int limit, String... headers) {
        return http.post(
                "/api/admin/dead-letters/redrive", "{\"topic\":\"%s\",\"limit\":%d}".formatted(topic, limit), headers);
    }

    private String role(String role) {
        return tokens.sign(TokenMint.claims("operator", role));
    }

    /** A user whose token lists what may be joined. */
    private SocketClient client(String user, List<String> rooms) {
        ObjectNode claims = TokenMint.claims(user, "user");
        rooms.forEach(claims.withArray("rooms")::add);
        return SocketClient.connect(server.uri("/"), SocketClient.token(tokens.sign(claims)));
    }

    private static boolean joins(SocketClient client, String room) {
        return client.ask("join_room", Map.of("room", room)).path("ok").asBoolean();
    }

    private long send(String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private ConsumerRecord<String, String> awaitLetter(String topic, String value) {
        List<ConsumerRecord<String, String>> letters = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        500),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic + ".dlt", 0)));
            await(value).atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.stream().anyMatch(letter -> value.equals(letter.value()));
            });
        }
        return letters.stream()
                .filter(letter -> value.equals(letter.value()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
