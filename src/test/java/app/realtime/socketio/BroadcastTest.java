package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import app.realtime.socketio.adapter.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events for many. */
class BroadcastTest extends OnTestServer {

    @Test
    void broadcastsToRoomsAndCountsWhomItReached() {
        server.main()
                .onConnection(socket -> socket.on("join", (args, ack) -> {
                    socket.join(args.get(0).stringValue());
                    ack.send(List.of());
                }));
        TestClient one = server.connect();
        TestClient two = server.connect();
        one.send("21[\"join\",\"a\"]");
        one.send("22[\"join\",\"b\"]");
        two.send("21[\"join\",\"b\"]");
        one.expect("32[]");
        two.expect("31[]");
        assertThat(server.main().emit(Selection.inAnyOf(Set.of("a", "b")), "e", JSON.numberNode(1)))
                .isEqualTo(2);
        one.expect("2[\"e\",1]");
        two.expect("2[\"e\",1]");
        assertThat(server.main().emit(Selection.inAnyOf(Set.of("a")), "only a")).isEqualTo(1);
        assertThat(server.main().emit(Selection.inAnyOf(Set.of(two.sid())), "only two"))
                .isEqualTo(1);
        two.expect("2[\"only two\"]");
        assertThat(one.texts()).filteredOn("2[\"e\",1]"::equals).hasSize(1);
        assertThat(two.texts()).doesNotContain("2[\"only a\"]");
    }

    @Test
    void doesNotSendABroadcastBeforeTheAnswerToConnect() {
        server.main().onConnection(socket -> server.main().emit(Selection.everyone(), "hello"));
        TestClient client = server.connect();
        client.expect("2[\"hello\"]");
        assertThat(client.texts().get(0)).startsWith("0{\"sid\"");
    }

    private TestClient member(String... rooms) {
        TestClient client = server.connect();
        for (String room : rooms) {
            socketOf(client).join(room);
        }
        return client;
    }

    @Test
    void goesToSomeRoomsAndNotToOthers() {
        TestClient a = member("a");
        TestClient b = member("b");
        TestClient ab = member("a", "b", "muted");
        SocketServer io = server.sockets();
        assertThat(io.to("a").emit("1")).isEqualTo(2);
        assertThat(io.to("a", "b").emit("2")).isEqualTo(3);
        assertThat(io.in("a").to("b").except("muted").emit("3")).isEqualTo(2);
        assertThat(io.except("a").emit("4")).isEqualTo(1);
        assertThat(io.local().to(b.sid()).compress(false).emit("5")).isEqualTo(1);
        assertThat(io.emit("6")).isEqualTo(3);
        ab.expect("2[\"6\"]");
        b.expect("2[\"6\"]");
        a.expect("2[\"6\"]");
        assertThat(a.texts().subList(1, 5)).containsExactly("2[\"1\"]", "2[\"2\"]", "2[\"3\"]", "2[\"6\"]");
        assertThat(b.texts().subList(1, 6)).containsExactly("2[\"2\"]", "2[\"3\"]", "2[\"4\"]", "2[\"5\"]", "2[\"6\"]");
        assertThat(ab.texts().subList(1, 4)).containsExactly("2[\"1\"]", "2[\"2\"]", "2[\"6\"]");
    }

    @Test
    void canBeKeptAndNarrowed() {
        member("a");
        member("b");
        Broadcast toA = server.sockets().to("a");
        Broadcast toBoth = toA.to("b");
        toA.except("a").asVolatile();
        assertThat(toA.emit("e")).isEqualTo(1);
        assertThat(toBoth.emit("e")).isEqualTo(2);
    }

    @Test
    void goesToEverybodyButTheSocketThatItBeginsFrom() {
        TestClient self = member("a");
        TestClient other = member("a");
        member();
        assertThat(socketOf(self).broadcast().emit("1")).isEqualTo(2);
        assertThat(socketOf(self).to("a").emit("2")).isEqualTo(1);
        assertThat(socketOf(self).except("a").emit("3")).isEqualTo(1);
        other.expect("2[\"2\"]");
        assertThat(self.texts()).hasSize(1);
    }

    @Test
    void refusesReservedNames() {
        assertThatThrownBy(() -> server.sockets().emit("connect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.sockets().timeout(Duration.ofSeconds(1)).request("disconnect"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void collectsTheAnswersOfAll() {
        TestClient one = member("a");
        TestClient two = member("a");
        member();
        CompletableFuture<Answers> answers = server.sockets()
                .to("a")
                .timeout(Duration.ofMinutes(5))
                .request("ask", 1)
                .toCompletableFuture();
        one.expect("20[\"ask\",1]");
        two.expect("20[\"ask\",1]");
        two.send("30[2]");
        assertThat(answers).isNotDone();
        one.send("30[1,\"more\"]");
        assertThat(result(answers))
                .isEqualTo(new Answers(
                        List.of(List.of(JSON.numberNode(2)), List.of(JSON.numberNode(1), JSON.stringNode("more"))),
                        2,
                        true));
        one.send("30[1]");
        assertThat(server.refused).containsExactly("unknown_ack_id");
    }

    @Test
    void saysWhatIsMissingWhenTheTimeIsOver() {
        TestClient quick = member();
        TestClient slow = member();
        CompletableFuture<Answers> answers =
                server.sockets().timeout(Duration.ofMillis(200)).request("ask").toCompletableFuture();
        quick.expect("20[\"ask\"]");
        quick.send("30[]");
        assertThat(result(answers)).isEqualTo(new Answers(List.of(List.of()), 2, false));
        slow.send("30[]");
        await().until(() -> server.refused.equals(List.of("unknown_ack_id")));
    }

    @Test
    void doesNotWaitForThoseWhoHaveGone() {
        TestClient stays = member();
        TestClient goes = member();
        CompletableFuture<Answers> answers =
                server.sockets().timeout(Duration.ofMinutes(5)).request("ask").toCompletableFuture();
        goes.vanish();
        stays.expect("20[\"ask\"]");
        stays.send("30[]");
        assertThat(result(answers)).isEqualTo(new Answers(List.of(List.of()), 2, false));
    }

    @Test
    void asksNobodyAndIsDone() {
        assertThat(result(server.sockets()
                        .to("nobody's")
                        .timeout(Duration.ofMinutes(5))
                        .request("ask")))
                .isEqualTo(new Answers(List.of(), 0, true));
    }

    @Test
    void findsSocketsAndActsOnThem() {
        TestClient client = member("a", "b");
        member("b");
        Socket socket = socketOf(client);
        socket.data().put("nick", "ann");
        List<RemoteSocket> found = result(server.sockets().in("a").fetchSockets());
        assertThat(found).hasSize(1);
        RemoteSocket remote = found.get(0);
        assertThat(remote.id()).isEqualTo(client.sid());
        assertThat(remote.rooms()).containsExactlyInAnyOrder("a", "b");
        assertThat(remote.data()).isEqualTo(JSON.objectNode().put("nick", "ann"));
        assertThat(remote.handshake().path("time").asString()).isEqualTo(TestServer.NOW.toString());
        remote.join("c");
        remote.leave("a");
        assertThat(socket.rooms()).containsExactlyInAnyOrder("b", "c");
        remote.emit("hello");
        client.expect("2[\"hello\"]");
        CompletableFuture<List<JsonNode>> answer =
                remote.timeout(Duration.ofMinutes(5)).request("ask").toCompletableFuture();
        client.expect("20[\"ask\"]");
        client.send("30[1]");
        assertThat(result(answer)).containsExactly(JSON.numberNode(1));
        CompletableFuture<List<JsonNode>> late =
                remote.timeout(Duration.ofMillis(20)).request("ask").toCompletableFuture();
        assertThatThrownBy(() -> result(late)).hasCauseInstanceOf(TimeoutException.class);
        remote.disconnect(false);
        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void movesAndDisconnectsManyAtOnce() {
        TestClient one = member("a");
        TestClient two = member("a");
        TestClient three = member();
        server.sockets().in("a").socketsJoin("b", "c");
        assertThat(server.main().adapter().roomSizes()).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
        server.sockets().in(one.sid()).socketsLeave("a", "b");
        assertThat(server.main().adapter().roomSizes()).isEqualTo(Map.of("a", 1, "b", 1, "c", 2));
        server.sockets().in("a").disconnectSockets(false);
        two.expect("1");
        assertThat(two.isClosed()).isFalse();
        server.sockets().in("c").disconnectSockets(true);
        await().until(one::isClosed);
        assertThat(three.isClosed()).isFalse();
        assertThat(server.main().sockets()).containsExactly(socketOf(three));
    }
}
