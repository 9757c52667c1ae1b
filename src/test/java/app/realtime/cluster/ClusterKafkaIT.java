package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.contract.HttpApi;
import app.realtime.contract.SocketClient;
import app.realtime.contract.TokenMint;
import app.realtime.run.KafkaBroker;
import app.realtime.run.LibertyServer;
import app.realtime.run.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers that share a topic's partitions, and their clients. */
class ClusterKafkaIT {

    private static final String TOPIC = "cluster.responses";
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    @Test
    void eachRecordReachesTheClientsOfBothOnceInItsPartitionsOrderAndThoseOfOneWhileRedisIsAway() {
        RedisServer.require();
        RedisServer redis = opened(RedisServer.running());
        KafkaBroker broker = opened(KafkaBroker.start());
        broker.createTopics(List.of(TOPIC), PARTITIONS);
        List<LibertyServer> servers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            servers.add(opened(LibertyServer.builder()
                    .environment(Map.of(
                            "APP_ENV",
                            "development",
                            "REDIS_URL",
                            redis.url(),
                            "KAFKA_BROKERS",
                            broker.bootstrapServers(),
                            "KAFKA_TOPIC_RESPONSES",
                            TOPIC))
                    .start()));
        }
        await("both have partitions and the cluster")
                .atMost(PATIENCE)
                .until(() -> servers.stream()
                        .allMatch(server -> assigned(server) == PARTITIONS / 2
                                && stats(server)
                                        .path("cluster")
                                        .path("state")
                                        .asString()
                                        .equals("connected")));
        List<SocketClient> clients = servers.stream()
                .map(server -> opened(SocketClient.connect(server.uri("/"), SocketClient.token(tokens.user("member")))
                        .join("survey:k")))
                .toList();

        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            send(producer, 0);
            for (SocketClient client : clients) {
                assertThat(inOrder(client, RECORDS)).containsExactlyInAnyOrderElementsOf(from(0));
            }

            redis.kill();
            awaitState(servers, "degraded");
            send(producer, RECORDS);
            List<Integer> all = new ArrayList<>();
            // Two of the four partitions each, and nothing of the other instance.
            clients.forEach(client -> all.addAll(inOrder(client, RECORDS / 2)));
            assertThat(all).containsExactlyInAnyOrderElementsOf(from(RECORDS));
            await("all is committed")
                    .atMost(PATIENCE)
                    .until(() -> servers.stream()
                            .allMatch(server ->
                                    stats(server).path("kafka").path("lag").asInt() == 0));

            redis.start();
            awaitState(servers, "connected");
            send(producer, 2 * RECORDS);
            for (SocketClient client : clients) {
                assertThat(inOrder(client, RECORDS)).containsExactlyInAnyOrderElementsOf(from(2 * RECORDS));
            }
        }

        assertThat(servers)
                .as("both have read some")
                .allSatisfy(server -> assertThat(
                                stats(server).path("events").path("published").asInt())
                        .isEqualTo(3 * RECORDS / 2));
    }

    private static List<Integer> from(int first) {
        return IntStream.range(first, first + RECORDS).boxed().toList();
    }

    private static void send(KafkaProducer<String, String> producer, int first) {
        for (int i : from(first)) {
            String value = "{\"surveyId\":\"k\",\"responseId\":\"" + i + "\",\"response\":{\"n\":" + i + "}}";
            producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, "k", value));
        }
        producer.flush();
    }

    /** The next so many events, each partition's in its order. */
    private static List<Integer> inOrder(SocketClient client, int count) {
        List<Integer> heard = IntStream.range(0, count)
                .mapToObj(i -> client.next("response.new").findPath("n").asInt())
                .toList();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int it = partition;
            assertThat(heard.stream().filter(n -> n % PARTITIONS == it)).isSorted();
        }
        return heard;
    }

    private static void awaitState(List<LibertyServer> servers, String state) {
        await(state)
                .atMost(PATIENCE)
                .until(() -> servers.stream()
                        .allMatch(server -> stats(server)
                                .path("cluster")
                                .path("state")
                                .asString()
                                .equals(state)));
    }

    private static JsonNode stats(LibertyServer server) {
        return new HttpApi(server.uri("/")).get("/api/stats").json().path("stats");
    }

    private static long assigned(LibertyServer server) {
        return StreamSupport.stream(
                        stats(server).path("kafka").path("partitions").spliterator(), false)
                .filter(partition -> partition.path("topic").asString().equals(TOPIC)
                        && partition.path("assigned").asBoolean())
                .count();
    }
}
