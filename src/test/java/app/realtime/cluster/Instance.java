package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.Answer;
import app.realtime.contract.HttpApi;
import app.realtime.contract.SocketClient;
import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A server of a cluster, as its users see it. Thread-safe. */
record Instance(LibertyServer server) {

    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);

    private HttpApi http() {
        return new HttpApi(server.uri("/"));
    }

    /** Of the cluster, as {@code /health} has it. */
    String state() {
        return http().get("/health").json().path("cluster").path("state").asString();
    }

    JsonNode stats() {
        return http().get("/api/stats").json().path("stats");
    }

    /** The partitions of a topic that it reads. */
    Set<Integer> partitions(String topic) {
        return StreamSupport.stream(stats().path("kafka").path("partitions").spliterator(), false)
                .filter(partition -> partition.path("topic").asString().equals(topic)
                        && partition.path("assigned").asBoolean())
                .map(partition -> partition.path("partition").asInt())
                .collect(Collectors.toSet());
    }

    /** Records that are there and not handed over yet. */
    int lag() {
        return stats().path("kafka").path("lag").asInt();
    }

    void broadcast(String room, String event, String data) {
        Answer answer = http().post(
                        "/api/broadcast/room",
                        "{\"room\":\"" + room + "\",\"event\":\"" + event + "\",\"data\":" + data + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** How often it has lost Redis since its start. */
    long outages() {
        return server.logText()
                .lines()
                .filter(line -> line.contains("Redis cannot be used"))
                .count();
    }

    /** Messages to other instances that were dropped. */
    double dropped() {
        return new HttpApi(server.managementUri("/"))
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("realtime_cluster_dropped"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    SocketClient client(String... rooms) {
        return SocketClient.connect(server.uri("/"), SocketClient.token(TOKENS.user("member")))
                .join(rooms);
    }
}
