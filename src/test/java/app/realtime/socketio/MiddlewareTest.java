package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who is let in, at once or after a while. */
class MiddlewareTest extends OnTestServer {

    record Details(String code, List<Integer> retryAfter) {}

    private final CompletableFuture<Void> decision = new CompletableFuture<>();

    @Test
    void runsSynchronousAndAsynchronousChecksInTheirOrder() {
        List<String> order = new CopyOnWriteArrayList<>();
        server.main()
                .use(socket -> order.add("one"))
                .useAsync(socket -> after("two", order))
                .use(socket -> {
                    order.add("three");
                    socket.attach(String.class, "mine");
                });
        TestClient client = server.open();
        client.send("0");
        assertThat(order).containsExactly("one", "two");
        assertThat(client.texts()).isEmpty();
        assertThat(server.main().sockets()).isEmpty();
        decision.complete(null);
        client.expectPrefix("0{\"sid\"");
        assertThat(order).containsExactly("one", "two", "three");
        assertThat(connectedSocket().attachment(String.class)).contains("mine");
    }

    private CompletionStage<Void> after(String name, List<String> order) {
        order.add(name);
        return decision.thenApply(nothing -> nothing);
    }

    @Test
    void refusesAfterAWhileWithAnyData() {
        server.main()
                .useAsync(socket -> decision.thenCompose(nothing -> CompletableFuture.failedStage(
                        new ConnectRefusedException("Come back later", new Details("busy", List.of(1, 2))))));
        TestClient client = server.open();
        client.send("0");
        decision.complete(null);
        client.expect("4{\"message\":\"Come back later\",\"data\":{\"code\":\"busy\",\"retryAfter\":[1,2]}}");
        assertThat(server.refused).containsExactly("busy");
        assertThat(client.isClosed()).isFalse();
        client.send("0");
        await().until(() -> client.texts().size() == 2);
        assertThat(server.connected).hasValue(0);
    }

    /** Each holds its own connection's lock at that moment, and must not wait for the other's. */
    @Test
    void letsTwoClientsDecideAboutEachOtherAtTheSameTime() throws Exception {
        List<CompletableFuture<Void>> decisions = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger guests = new AtomicInteger();
        server.sockets().of("/guests").useAsync(socket -> decisions.get(guests.getAndIncrement()));
        server.main()
                .onConnection(socket -> socket.on("decide", (args, ack) -> {
                    meet(both);
                    decisions.get(args.get(0).intValue()).complete(null);
                }));
        TestClient first = server.connect();
        TestClient second = server.connect();
        first.send("0/guests,");
        second.send("0/guests,");
        Thread other = new Thread(() -> first.send("2[\"decide\",1]"));
        other.setDaemon(true);
        other.start();
        Thread one = new Thread(() -> second.send("2[\"decide\",0]"));
        one.setDaemon(true);
        one.start();
        first.expectPrefix("0/guests,{");
        second.expectPrefix("0/guests,{");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWithoutData() {
        server.main().use(socket -> {
            throw new ConnectRefusedException("No");
        });
        TestClient client = server.open();
        client.send("0");
        client.expect("4{\"message\":\"No\"}");
        assertThat(server.refused).containsExactly("refused");
    }

    @Test
    void tellsNobodyWhyAnAsynchronousCheckFailed() {
        server.main().useAsync(socket -> decision);
        server.sockets().of("/null").useAsync(socket -> null);
        TestClient client = server.open();
        client.send("0");
        decision.completeExceptionally(new IllegalStateException("password of the database"));
        client.expect("4{\"message\":\"Internal error\"}");
        client.send("0/null,");
        client.expect("4/null,{\"message\":\"Internal error\"}");
        assertThat(server.refused).containsExactly("internal_error", "internal_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2[\"too early\"]", "1", "31[]"})
    void cutsOffWhoDoesNotWaitForTheDecision(String packet) {
        server.main().useAsync(socket -> decision);
        TestClient client = server.open();
        client.send("0");
        client.send(packet);
        await().until(client::isClosed);
        decision.complete(null);
        assertThat(nobodyConnected()).isTrue();
        assertThat(server.connected).hasValue(0);
        assertThat(server.disconnected).isEmpty();
    }

    @Test
    void forgetsAClientThatGoesBeforeTheDecision() {
        server.main().useAsync(socket -> decision);
        TestClient client = server.open();
        client.send("0");
        client.vanish();
        decision.complete(null);
        assertThat(nobodyConnected()).isTrue();
        assertThat(server.main().sockets()).isEmpty();
        assertThat(server.connected).hasValue(0);
        assertThat(server.disconnected).isEmpty();
    }

    @Test
    void letsAClientUseItsOtherNamespacesMeanwhile() {
        server.sockets().of("/slow").useAsync(socket -> decision);
        TestClient client = server.connect();
        connectedSocket().on("e", (args, ack) -> ack.reply(Map.of("ok", true)));
        client.send("0/slow,");
        client.send("21[\"e\"]");
        client.expect("31[{\"ok\":true}]");
        decision.complete(null);
        client.expectPrefix("0/slow,{\"sid\"");
    }

    @Test
    void runsTheMiddlewareOfTheNamespaceAlone() {
        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        server.sockets().of("/a").use(socket -> seen.add(socket.handshake().auth()));
        server.sockets().of("/b");
        TestClient client = server.connect();
        client.send("0/b,{\"token\":1}");
        client.send("0/a,{\"token\":2}");
        client.expectPrefix("0/a,");
        assertThat(seen).containsExactly(JSON.objectNode().put("token", 2));
    }
}
