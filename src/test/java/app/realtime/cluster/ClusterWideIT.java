package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.contract.Answer;
import app.realtime.contract.HttpApi;
import app.realtime.contract.SocketClient;
import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import app.realtime.run.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What two servers count together, and each by itself while Redis is away. */
class ClusterWideIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);

    private final List<LibertyServer> servers = new ArrayList<>();
    private final List<SocketClient> clients = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void start() {
        RedisServer.require();
        redis = RedisServer.running();
        for (int i = 0; i < 2; i++) {
            servers.add(LibertyServer.builder()
                    .environment("REDIS_URL", redis.url())
                    .environment("APP_ENV", "development")
                    .environment("MAX_CONNECTIONS_PER_IP", "3")
                    .environment("RATE_LIMIT_MAX_MESSAGES", "10")
                    .environment("RATE_LIMIT_WINDOW", "600000")
                    .environment("TRUSTED_PROXIES", "127.0.0.1")
                    .start());
        }
        awaitInstances(2);
    }

    @AfterEach
    void stop() {
        clients.forEach(SocketClient::close);
        servers.forEach(LibertyServer::kill);
        redis.close();
    }

    private JsonNode stats(int server) {
        Answer answer = new HttpApi(servers.get(server).uri("/")).get("/api/stats");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("stats");
    }

    private void awaitInstances(int count) {
        for (int i = 0; i < count; i++) {
            int server = i;
            await().atMost(SOON)
                    .until(() -> stats(server).path("cluster").path("instances").size() == count);
        }
    }

    /** Each address has its own limits. */
    private SocketClient client(int server, String address, String user, String... transports) {
        SocketClient client = SocketClient.connect(
                servers.get(server).uri("/"),
                SocketClient.token(TOKENS.user(user))
                        .andThen(SocketClient.transports(transports))
                        .andThen(options -> options.extraHeaders = Map.of("X-Forwarded-For", List.of(address))));
        clients.add(client);
        return client;
    }

    private int connections(SocketClient client, String room) {
        return client.ask("get_rooms")
                .path("rooms")
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(room))
                .findFirst()
                .orElseThrow()
                .path("connections")
                .asInt();
    }

    @Test
    void statisticsAreOfAllInstancesAndOfEach() {
        SocketClient one = client(0, "192.0.2.1", "ann", "websocket").join("survey:s1");
        client(0, "192.0.2.2", "bob", "polling");
        SocketClient two = client(1, "192.0.2.3", "ann", "websocket").join("survey:s1");
        for (int server = 0; server < 2; server++) {
            JsonNode stats = stats(server);
            assertThat(stats.path("totalConnections").asInt()).isEqualTo(3);
            assertThat(stats.path("authenticatedConnections").asInt()).isEqualTo(3);
            assertThat(stats.path("uniqueUsers").asInt()).isEqualTo(2);
            assertThat(stats.path("totalRooms").asInt()).isEqualTo(4);
            assertThat(stats.path("roomStats").toString())
                    .contains(
                            "{\"name\":\"global\",\"connections\":3}",
                            "{\"name\":\"survey:s1\",\"connections\":2}",
                            "{\"name\":\"user:ann\",\"connections\":2}",
                            "{\"name\":\"user:bob\",\"connections\":1}");
            JsonNode instances = stats.path("cluster").path("instances");
            assertThat(instances.get(0).path("self").asBoolean()).isTrue();
            assertThat(instances.get(1).path("self").asBoolean()).isFalse();
            assertThat(instances.get(server).path("totalConnections").asInt()).isEqualTo(2);
            assertThat(instances.get(1 - server).path("totalConnections").asInt())
                    .isEqualTo(1);
            assertThat(instances.get(server).path("events").path("received").asInt())
                    .isEqualTo(1);
        }
        assertThat(connections(one, "survey:s1")).isEqualTo(2);
        assertThat(connections(two, "global")).isEqualTo(3);

        servers.get(1).kill();
        await().atMost(SOON)
                .until(() -> stats(0).path("cluster").path("instances").size() == 1);
        assertThat(stats(0).path("totalConnections").asInt()).isEqualTo(2);
        assertThat(connections(one, "survey:s1")).isEqualTo(1);
    }

    @Test
    void anAddressHasItsConnectionsOnAllInstancesTogether() {
        client(0, "192.0.2.9", "ann", "websocket");
        client(1, "192.0.2.9", "ann", "polling");
        SocketClient third = client(1, "192.0.2.9", "ann", "websocket");
        for (int server = 0; server < 2; server++) {
            int refusing = server;
            for (String transport : List.of("websocket", "polling")) {
                assertThatThrownBy(() -> client(refusing, "192.0.2.9", "ann", transport))
                        .hasStackTraceContaining("Refused");
            }
        }
        client(0, "192.0.2.10", "ann", "polling");
        third.close();
        await().atMost(SOON).untilAsserted(() -> client(0, "192.0.2.9", "ann", "polling"));

        redis.close();
        await().atMost(SOON)
                .until(() -> stats(0).path("cluster").path("state").asString().equals("degraded"));
        // Two are here; the limit of one instance holds.
        client(0, "192.0.2.9", "ann", "websocket");
        assertThatThrownBy(() -> client(0, "192.0.2.9", "ann", "websocket")).hasStackTraceContaining("Refused");
    }

    @Test
    void anInstanceThatHasDiedDoesNotCount() {
        for (int i = 0; i < 3; i++) {
            client(1, "192.0.2.9", "ann", "websocket");
        }
        assertThatThrownBy(() -> client(0, "192.0.2.9", "ann", "websocket")).hasStackTraceContaining("Refused");
        servers.get(1).kill();
        await().atMost(SOON).untilAsserted(() -> client(0, "192.0.2.9", "ann", "websocket"));
    }

    @Test
    void anAddressHasItsMessagesOnAllInstancesTogether() {
        // 3 connections with 10 messages each.
        SocketClient one = client(0, "192.0.2.9", "ann", "websocket");
        SocketClient two = client(1, "192.0.2.9", "ann", "websocket");
        SocketClient three = client(1, "192.0.2.9", "ann", "websocket");
        for (SocketClient sender : List.of(one, two, three)) {
            for (int i = 0; i < 10; i++) {
                assertThat(sender.ask("ping").path("ok").asBoolean()).isTrue();
            }
            sender.close();
        }
        for (int server = 0; server < 2; server++) {
            int asked = server;
            // Until the end of the others has been noticed.
            SocketClient again = await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> client(asked, "192.0.2.9", "ann", "websocket"), SocketClient::isConnected);
            int granted = 0;
            while (again.ask("ping").path("ok").asBoolean()) {
                granted++;
            }
            // An instance hears of the others when it tells of its own.
            assertThat(granted).isLessThanOrEqualTo(2);
            assertThat(again.next("rate_limit_exceeded").findPath("retryAfter").asLong())
                    .isBetween(1L, 600_000L);
        }
        assertThat(client(0, "192.0.2.10", "ann", "websocket")
                        .ask("ping")
                        .path("ok")
                        .asBoolean())
                .isTrue();
    }
}
