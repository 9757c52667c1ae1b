package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers over a Redis that comes late, goes away, hangs and comes back. */
class ClusterIT {

    private static final Duration BACK = Duration.ofSeconds(30);

    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);

    private final List<LibertyServer> servers = new ArrayList<>();
    private RedisServer redis;

    private void start(boolean sharded) {
        RedisServer.require();
        redis = RedisServer.stopped("--requirepass", "secret-4711");
        String url = redis.url().replace("//", "//:secret-4711@");
        for (int i = 0; i < 2; i++) {
            servers.add(LibertyServer.builder()
                    .environment("REDIS_URL", url)
                    .environment("REDIS_SHARDED", Boolean.toString(sharded))
                    .environment("APP_ENV", "development")
                    .environment("RATE_LIMIT_MAX_MESSAGES", "1000")
                    .start());
        }
    }

    @AfterEach
    void stop() {
        servers.forEach(LibertyServer::kill);
        Optional.ofNullable(redis).ifPresent(RedisServer::close);
        for (LibertyServer server : servers) {
            assertThat(server.logText()).doesNotContain("secret-4711");
        }
    }

    private String state(int server) {
        return new HttpApi(servers.get(server).uri("/"))
                .get("/health")
                .json()
                .path("cluster")
                .path("state")
                .asString();
    }

    private void awaitState(String state) {
        await(state).atMost(BACK).until(() -> state(0).equals(state) && state(1).equals(state));
    }

    private void broadcast(int server, String room, String text) {
        Answer answer = new HttpApi(servers.get(server).uri("/"))
                .post(
                        "/api/broadcast/room",
                        "{\"room\":\"" + room + "\",\"event\":\"note\",\"data\":{\"text\":\"" + text + "\"}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String next(SocketClient client) {
        return client.next("note").findPath("text").asString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eventsReachTheOtherInstanceWheneverRedisIsThere(boolean sharded) throws Exception {
        start(sharded);
        awaitState("degraded");
        try (SocketClient one = client(0);
                SocketClient two = client(1)) {
            broadcast(0, "survey:c1", "alone");
            assertThat(next(one)).isEqualTo("alone");

            redis.start();
            awaitState("connected");
            broadcast(0, "survey:c1", "together");
            broadcast(1, "survey:other", "elsewhere");
            broadcast(1, "survey:c1", "and back");
            assertThat(next(one)).isEqualTo("together");
            assertThat(next(two)).isEqualTo("together");
            assertThat(next(one)).isEqualTo("and back");
            assertThat(next(two)).isEqualTo("and back");

            redis.close();
            awaitState("degraded");
            broadcast(1, "survey:c1", "alone again");
            assertThat(next(two)).isEqualTo("alone again");
            redis.start();
            awaitState("connected");
            broadcast(1, "survey:c1", "together again");
            assertThat(next(one)).isEqualTo("together again");
            assertThat(next(two)).isEqualTo("together again");

            signal("STOP");
            awaitState("degraded");
            broadcast(0, "survey:c1", "while it hangs");
            assertThat(next(one)).isEqualTo("while it hangs");
            signal("CONT");
            awaitState("connected");
            broadcast(0, "survey:c1", "the last");
            List<String> heard = new ArrayList<>();
            do {
                heard.add(next(two));
            } while (!heard.contains("the last"));
            assertThat(next(one)).isEqualTo("the last");
        }
    }

    private SocketClient client(int server) {
        return SocketClient.connect(servers.get(server).uri("/"), SocketClient.token(TOKENS.user("member")))
                .join("survey:c1");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(redis.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
    }
}
