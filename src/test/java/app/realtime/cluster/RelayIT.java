package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.contract.Answer;
import app.realtime.contract.HttpApi;
import app.realtime.contract.RawHttp;
import app.realtime.contract.SocketClient;
import app.realtime.contract.TokenMint;
import app.realtime.run.LibertyServer;
import app.realtime.run.RedisServer;
import app.realtime.run.RequestSpreader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers behind load balancers that know no sessions. */
class RelayIT {

    private static final TokenMint TOKENS = new TokenMint(TokenMint.DEFAULT_SECRET);
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final List<LibertyServer> SERVERS = new ArrayList<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        RedisServer.require();
        redis = RedisServer.running();
        for (int i = 0; i < 2; i++) {
            SERVERS.add(server());
        }
        awaitInstances(2);
    }

    private static LibertyServer server() {
        return LibertyServer.builder()
                .environment("REDIS_URL", redis.url())
                .environment("APP_ENV", "development")
                .environment("MAX_CONNECTIONS_PER_IP", "1000")
                .environment("RATE_LIMIT_MAX_MESSAGES", "10000")
                .start();
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(LibertyServer::kill);
        redis.close();
    }

    private static void awaitInstances(int count) {
        for (LibertyServer server : SERVERS) {
            await().atMost(SOON)
                    .until(() -> new HttpApi(server.uri("/"))
                                    .get("/api/stats")
                                    .json()
                                    .path("stats")
                                    .path("cluster")
                                    .path("instances")
                                    .size()
                            == count);
        }
    }

    private static void broadcast(int server, String text) {
        Answer answer = new HttpApi(SERVERS.get(server).uri("/"))
                .post(
                        "/api/broadcast/room",
                        "{\"room\":\"survey:c1\",\"event\":\"note\",\"data\":{\"text\":\"" + text + "\"}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String next(SocketClient client) {
        return client.next("note").findPath("text").asString();
    }

    @Test
    void pollsFindTheirSessionWhicheverInstanceTheyReach() {
        try (RequestSpreader balancer = new RequestSpreader(SERVERS);
                SocketClient client = client(balancer, "polling")) {
            for (int i = 0; i < 50; i++) {
                broadcast(i % 2, "event " + i);
                assertThat(next(client)).isEqualTo("event " + i);
            }
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            String large = "x".repeat(200_000);
            broadcast(0, large);
            broadcast(1, large);
            assertThat(next(client)).isEqualTo(large);
            assertThat(next(client)).isEqualTo(large);
            assertThat(client.transport()).isEqualTo("polling");
            assertThat(balancer.requests()).isGreaterThan(50);
        }
    }

    @Test
    void websocketsTakeOverFromPollingWhicheverInstanceTheyReach() {
        try (RequestSpreader balancer = new RequestSpreader(SERVERS)) {
            List<SocketClient> clients = IntStream.range(0, 6)
                    .mapToObj(i -> client(balancer, "polling", "websocket"))
                    .toList();
            for (SocketClient client : clients) {
                await().atMost(SOON).until(() -> {
                    // What a client has received last tells by which transport.
                    client.ask("ping");
                    return client.transport().equals("websocket");
                });
            }
            for (int i = 0; i < 20; i++) {
                broadcast(i % 2, "event " + i);
            }
            for (SocketClient client : clients) {
                List<String> heard =
                        IntStream.range(0, 20).mapToObj(i -> next(client)).toList();
                assertThat(heard)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20)
                                .mapToObj(i -> "event " + i)
                                .toList());
                assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
                client.close();
            }
        }
    }

    private static SocketClient client(RequestSpreader balancer, String... transports) {
        return SocketClient.connect(
                        URI.create("http://127.0.0.1:" + balancer.port() + '/'),
                        SocketClient.token(TOKENS.user("member")).andThen(SocketClient.transports(transports)))
                .join("survey:c1");
    }

    /** A session of the first server. */
    private static String open() throws Exception {
        String handshake = get(0, "transport=polling&EIO=4").body();
        return handshake.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<String> get(int server, String query) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(SERVERS.get(server).uri("/socket.io/?" + query))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(int server, String sid, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(SERVERS.get(server).uri("/socket.io/?transport=polling&EIO=4&sid=" + sid))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void anUpgradeAtAnotherInstanceIsCarriedThrough() throws Exception {
        String sid = open();
        assertThat(post(1, sid, "40").body()).isEqualTo("ok");
        assertThat(get(1, "transport=polling&EIO=4&sid=" + sid).body()).startsWith("40{\"sid\"");

        Frames frames = new Frames();
        WebSocket socket = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + SERVERS.get(1).port()
                                + "/socket.io/?transport=websocket&EIO=4&sid=" + sid),
                        frames)
                .get(20, TimeUnit.SECONDS);
        socket.sendText("2probe", true).get(20, TimeUnit.SECONDS);
        assertThat(frames.next()).isEqualTo("3probe");
        socket.sendText("5", true).get(20, TimeUnit.SECONDS);
        String large = "y".repeat(300_000);
        socket.sendText("420[\"ping\",\"" + large + "\"]", true).get(20, TimeUnit.SECONDS);
        List<String> heard = new ArrayList<>();
        do {
            heard.add(frames.next());
        } while (!heard.get(heard.size() - 1).startsWith("430["));
        broadcastToAll(large);
        assertThat(frames.next()).contains(large);
        socket.sendText("1", true).get(20, TimeUnit.SECONDS);
        assertThat(frames.next()).isEqualTo("closed");
        assertThat(post(0, sid, "2").statusCode()).isEqualTo(400);
    }

    private static void broadcastToAll(String text) {
        Answer answer = new HttpApi(SERVERS.get(1).uri("/"))
                .post("/api/broadcast/global", "{\"event\":\"note\",\"data\":{\"text\":\"" + text + "\"}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aSessionThatNobodyHasIsUnknownEverywhere() throws Exception {
        String sid = open();
        String instance = sid.substring(24);
        for (String unknown : List.of(
                "x".repeat(24) + instance,
                "x".repeat(24) + "abcdefgh",
                "x".repeat(32),
                "x",
                sid + "x",
                "%0d%0aX:%201")) {
            for (int server = 0; server < 2; server++) {
                HttpResponse<String> answer = get(server, "transport=polling&EIO=4&sid=" + unknown);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            }
        }
        for (String method : List.of("PUT", "OPTIONS", "TRACE")) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(SERVERS.get(1).uri("/socket.io/?transport=polling&EIO=4&sid=" + sid))
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isBetween(400, 499);
        }
        assertThat(post(1, sid, "40").body()).isEqualTo("ok");
        String path = "/socket.io/?transport=polling&EIO=4&t=a|\"{}&sid=" + sid;
        int port = SERVERS.get(1).port();
        assertThat(RawHttp.get(port, "127.0.0.1", path, "Authorization: Bearer \u00e9"))
                .contains(" 400 ");
        assertThat(RawHttp.get(port, "127.0.0.1", path, "Content-Type: \u00e9")).contains(" 200 ", "40{\"sid\"");
        String tooLarge = "z".repeat(1_000_001);
        assertThat(post(1, sid, tooLarge).statusCode()).isEqualTo(413);
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        String sid = open();
        for (int server = 0; server < 2; server++) {
            for (URI base :
                    List.of(SERVERS.get(server).uri("/"), SERVERS.get(server).managementUri("/"))) {
                HttpApi api = new HttpApi(base);
                String path = "/internal/engine.io?transport=polling&EIO=4";
                assertThat(api.get(path, "Websocket-Service-Session", sid).status())
                        .isEqualTo(404);
                assertThat(api.get(path, "Websocket-Service-Session", sid, "Websocket-Service-Key", "guess")
                                .status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void nothingElseOfTheApplicationIsOnTheManagementPort() {
        LibertyServer server = SERVERS.get(0);
        for (String host : List.of(
                "localhost:" + server.port(),
                "localhost",
                "instance.websocket-service.internal:" + server.managementPort())) {
            for (String path : List.of("/api/stats", "/socket.io/?transport=polling&EIO=4", "/console/main.js", "/")) {
                String answer = RawHttp.get(server.managementPort(), "127.0.0.1", path, "Host: " + host);
                assertThat(answer).as(host + ' ' + path).startsWith("HTTP/1.1 404");
            }
        }
        assertThat(new HttpApi(server.managementUri("/")).get("/metrics").body())
                .containsPattern("realtime_cluster_instances\\{[^}]*} [23]\\.0");
    }

    @Test
    void whenAnInstanceEndsItsSessionsAreUnknownAndItsClientsComeBack() throws Exception {
        LibertyServer third = server();
        SERVERS.add(third);
        try {
            awaitInstances(3);
            String handshake = HTTP.send(
                            HttpRequest.newBuilder(third.uri("/socket.io/?transport=polling&EIO=4"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            String sid = handshake.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(post(0, sid, "40").body()).isEqualTo("ok");
            var poll = HTTP.sendAsync(
                    HttpRequest.newBuilder(SERVERS.get(0).uri("/socket.io/?transport=polling&EIO=4&sid=" + sid))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(poll.get(20, TimeUnit.SECONDS).body()).startsWith("40");
            var waiting = HTTP.sendAsync(
                    HttpRequest.newBuilder(SERVERS.get(0).uri("/socket.io/?transport=polling&EIO=4&sid=" + sid))
                            .build(),
                    BodyHandlers.ofString());
            third.kill();
            HttpResponse<String> last = waiting.get(20, TimeUnit.SECONDS);
            if (last.statusCode() == 200) {
                // The welcome was still on its way.
                last = get(0, "transport=polling&EIO=4&sid=" + sid);
            }
            assertThat(last.statusCode()).isEqualTo(400);
            assertThat(last.body()).contains("\"code\":1");
            LibertyServer passing = SERVERS.get(0);
            assertThat(new HttpApi(passing.managementUri("/")).get("/metrics").body())
                    .contains("realtime_refusals_total{", "reason=\"owner_unreachable\"");
            assertThat(passing.logText()).contains("Requests cannot be passed on to the instance at ");
            SERVERS.remove(third);
            awaitInstances(2);
        } finally {
            SERVERS.remove(third);
            third.kill();
        }
    }
}
