package app.realtime.chaos;

import static org.awaitility.Awaitility.await;

import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one failure needs: services, their receivers, and the counting afterwards. Everything ends with it. */
final class Stage implements AutoCloseable {

    static final String TOPIC = "chaos.responses";
    static final String DEAD_LETTERS = TOPIC + ".dlt";
    static final String ROOM = "survey:chaos";
    static final List<String> TOPICS = List.of(TOPIC, "chaos.analytics", "chaos.locations", "chaos.notifications");

    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String group = "chaos-" + UUID.randomUUID();
    private final Tally delivered = new Tally();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** To be closed with the stage, the last first. */
    <T extends AutoCloseable> T with(T resource) {
        open.push(resource);
        return resource;
    }

    /** A service with some more variables; it may not be ready yet. */
    LibertyServer.Builder service(String brokers, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "APP_ENV",
                "development",
                "JWT_SECRET",
                SECRET,
                "KAFKA_BROKERS",
                brokers,
                "KAFKA_GROUP_ID",
                group,
                "KAFKA_TOPIC_RESPONSES",
                TOPICS.get(0),
                "KAFKA_TOPIC_ANALYTICS",
                TOPICS.get(1),
                "KAFKA_TOPIC_LOCATIONS",
                TOPICS.get(2),
                "KAFKA_TOPIC_NOTIFICATIONS",
                TOPICS.get(3),
                "MAX_CONNECTIONS_PER_IP",
                "1000"));
        environment.putAll(more);
        return LibertyServer.builder().environment(environment);
    }

    /** Joins the room of all records. */
    Receiver receiver(LibertyServer service) {
        return receiver(service, ROOM);
    }

    Receiver receiver(LibertyServer service, String room) {
        return with(Receiver.in(service.uri("/"), new TokenMint(SECRET).user("chaos"), room, delivered));
    }

    Tally delivered() {
        return delivered;
    }

    JsonNode kafka(LibertyServer service) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(service.uri("/health"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body()).path("kafka");
        } catch (IOException e) {
            throw new AssertionError("The service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    void awaitState(LibertyServer service, String state) {
        await(state).atMost(PATIENCE).until(() -> kafka(service).path("state").asString(), state::equals);
    }

    void awaitDelivered(int count) {
        await(count + " delivered").atMost(PATIENCE).until(() -> delivered.distinct() >= count);
    }

    /** Ends the load, waits until everything has been accounted for, and counts. */
    Report.Row count(String failure, String brokers, Load load, Duration time, String remark) {
        load.end();
        int produced = load.produced().distinct();
        Tally dead = new Tally();
        try (Graveyard graveyard = new Graveyard(brokers, dead)) {
            long end = System.nanoTime() + time.toNanos();
            while (missing(load.produced(), dead).cardinality() > 0 && System.nanoTime() < end) {
                graveyard.look();
            }
            // What comes twice comes soon after.
            long quiet = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() < quiet) {
                graveyard.look();
            }
        }
        return new Report.Row(
                failure,
                produced,
                delivered.distinct(),
                dead.distinct(),
                delivered.duplicates() + dead.duplicates(),
                missing(load.produced(), dead).cardinality(),
                remark);
    }

    private BitSet missing(Tally produced, Tally dead) {
        BitSet missing = produced.numbers();
        missing.andNot(delivered.numbers());
        missing.andNot(dead.numbers());
        return missing;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                throw new IllegalStateException("Could not close " + last, e);
            }
        }
    }

    /** Reads the topic of dead letters from its beginning on. */
    private static final class Graveyard implements AutoCloseable {

        private final KafkaConsumer<String, String> consumer;
        private final Tally dead;

        Graveyard(String brokers, Tally dead) {
            this.dead = dead;
            consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            brokers,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "earliest",
                            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                            false,
                            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                            500),
                    new StringDeserializer(),
                    new StringDeserializer());
        }

        void look() {
            if (consumer.assignment().isEmpty()) {
                List<TopicPartition> partitions = consumer.partitionsFor(DEAD_LETTERS).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
            }
            if (consumer.assignment().isEmpty()) {
                return;
            }
            for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(100))) {
                dead.add(letter.value());
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
