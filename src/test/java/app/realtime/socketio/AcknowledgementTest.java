package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers in both directions. */
class AcknowledgementTest extends OnTestServer {

    @Test
    void answersAnEventOnceAndOnlyIfAsked() {
        List<Boolean> wanted = new CopyOnWriteArrayList<>();
        server.main()
                .onConnection(socket -> socket.on("e", (args, ack) -> {
                    wanted.add(ack.isWanted());
                    ack.send(JSON.stringNode("first"));
                    ack.send(JSON.stringNode("second"));
                }));
        TestClient client = server.connect();
        client.send("2[\"e\"]");
        client.send("242[\"e\"]");
        client.expect("342[\"first\"]");
        assertThat(wanted).containsExactly(false, true);
        assertThat(client.texts()).hasSize(2);
    }

    @Test
    void hearsTheClientsAnswer() throws Exception {
        TestClient client = server.connect();
        CompletableFuture<List<JsonNode>> answer = connectedSocket()
                .request(Duration.ofSeconds(30), "ask", JSON.numberNode(1))
                .toCompletableFuture();
        client.expect("20[\"ask\",1]");
        client.send("399[\"nobody asked\"]");
        client.send("30[\"yes\",2]");
        assertThat(answer.get(5, TimeUnit.SECONDS)).containsExactly(JSON.stringNode("yes"), JSON.numberNode(2));
        client.send("30[\"again\"]");
        assertThat(client.isClosed()).isFalse();
        connectedSocket().request(Duration.ofSeconds(30), "ask");
        client.expect("21[\"ask\"]");
    }

    @Test
    void doesNotWaitLongerForAnAnswerThanItShould() {
        server.connect();
        CompletableFuture<List<JsonNode>> answer =
                connectedSocket().request(Duration.ofMillis(20), "ask").toCompletableFuture();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void doesNotWaitForTheAnswerOfAClientThatHasGone() {
        TestClient client = server.connect();
        Socket socket = connectedSocket();
        CompletableFuture<List<JsonNode>> before =
                socket.request(Duration.ofMinutes(5), "ask").toCompletableFuture();
        client.vanish();
        CompletableFuture<List<JsonNode>> after =
                socket.request(Duration.ofMinutes(5), "ask").toCompletableFuture();
        for (CompletableFuture<List<JsonNode>> answer : List.of(before, after)) {
            assertThat(answer).isCompletedExceptionally();
            assertThatThrownBy(answer::get)
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isInstanceOf(CancellationException.class),
                            thrown -> assertThat(thrown).hasCauseInstanceOf(CancellationException.class));
        }
    }

    record Receipt(int number, byte[] seal) {}

    @Test
    void answersWithWhatJacksonWrites() {
        TestClient client = server.connect();
        connectedSocket().on("e", (args, ack) -> ack.reply(new Receipt(7, new byte[] {1}), List.of("a", "b")));
        client.send("21[\"e\"]");
        client.expect("61-1[{\"number\":7,\"seal\":{\"_placeholder\":true,\"num\":0}},[\"a\",\"b\"]]");
    }

    @Test
    void answersLaterToo() {
        AtomicReference<Acknowledgement> kept = new AtomicReference<>();
        TestClient client = server.connect();
        connectedSocket().on("e", (args, ack) -> kept.set(ack));
        client.send("21[\"e\"]");
        kept.get().reply();
        client.expect("31[]");
    }

    @Test
    void givesUpAtOnceOnAVolatileRequestThatWasDropped() throws Exception {
        TestClient client = server.connect();
        client.transport().stall();
        connectedSocket().emit("kept");
        await().until(client.transport()::isStalled);
        CompletableFuture<List<JsonNode>> answer = connectedSocket()
                .asVolatile()
                .timeout(Duration.ofMinutes(5))
                .request("ask")
                .toCompletableFuture();
        assertThat(answer).isCompletedExceptionally();
        client.transport().resume();
    }

    @Test
    void hearsAnAnswerWithinItsTime() {
        TestClient client = server.connect();
        CompletableFuture<List<JsonNode>> answer = connectedSocket()
                .timeout(Duration.ofSeconds(30))
                .request("ask", Map.of("a", 1))
                .toCompletableFuture();
        client.expect("20[\"ask\",{\"a\":1}]");
        client.send("30");
        assertThat(result(answer)).isEmpty();
    }

    @Test
    void takesNoAnswerFromAnotherClient() {
        TestClient one = server.connect();
        TestClient two = server.connect();
        CompletableFuture<List<JsonNode>> answer =
                socketOf(one).request(Duration.ofSeconds(30), "ask").toCompletableFuture();
        one.expect("20[\"ask\"]");
        two.send("30[\"stolen\"]");
        assertThat(answer).isNotDone();
        one.send("30[\"mine\"]");
        assertThat(result(answer)).containsExactly(JSON.stringNode("mine"));
        socketOf(two).request(Duration.ofSeconds(30), "ask");
        two.expect("21[\"ask\"]");
    }
}
