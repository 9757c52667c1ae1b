package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.TestServer.TestClient;
import app.realtime.socketio.adapter.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events in both directions. */
class EventTest extends OnTestServer {

    @Test
    void deliversEventsBothWaysInTheirOrder() {
        List<String> heard = new CopyOnWriteArrayList<>();
        server.main()
                .onConnection(socket -> socket.on("n", (args, ack) -> {
                    heard.add(args.toString());
                    socket.emit("echo", args.toArray(JsonNode[]::new));
                }));
        TestClient client = server.connect();
        for (int i = 0; i < 100; i++) {
            client.send("2[\"n\"," + i + ",{\"a\":null}]");
        }
        client.expect("2[\"echo\",99,{\"a\":null}]");
        assertThat(heard).hasSize(100).first().isEqualTo("[0, {\"a\":null}]");
        assertThat(client.texts().get(1)).isEqualTo("2[\"echo\",0,{\"a\":null}]");
        assertThat(server.received).hasValue(100);
    }

    @Test
    void carriesBytesBothWays() {
        AtomicReference<List<JsonNode>> heard = new AtomicReference<>();
        server.main()
                .onConnection(socket -> socket.on("bytes", (args, ack) -> {
                    heard.set(args);
                    ack.send(List.of(JSON.binaryNode(new byte[] {7}), args.get(0)));
                }));
        TestClient client = server.connect();
        client.send("52-3[\"bytes\",{\"a\":{\"_placeholder\":true,\"num\":1}},{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {1});
        assertThat(heard.get()).isNull();
        client.send(new byte[] {2, 3});
        assertThat(heard.get().get(0).path("a").binaryValue()).containsExactly(2, 3);
        assertThat(heard.get().get(1).binaryValue()).containsExactly(1);
        client.expect("62-3[{\"_placeholder\":true,\"num\":0},{\"a\":{\"_placeholder\":true,\"num\":1}}]");
        await().until(() -> client.transport().written().size() == 5);
        List<Packet> written = client.transport().written();
        assertThat(((Packet.Binary) written.get(3)).data()).containsExactly(7);
        assertThat(((Packet.Binary) written.get(4)).data()).containsExactly(2, 3);
    }

    @Test
    void refusesToSendReservedNames() {
        server.connect();
        Socket socket = connectedSocket();
        assertThatThrownBy(() -> socket.emit("connect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.request(Duration.ofSeconds(1), "disconnect"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.main().emit(Selection.everyone(), "newListener"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letsAGateKeepEventsFromTheirListener() {
        List<String> heard = new CopyOnWriteArrayList<>();
        server.main()
                .onConnection(socket -> socket.use((event, args, ack) -> {
                            ack.send(JSON.stringNode("gate"));
                            return !event.equals("bad");
                        })
                        .on("bad", (args, ack) -> heard.add("bad"))
                        .on("good", (args, ack) -> heard.add("good")));
        TestClient client = server.connect();
        client.send("25[\"bad\"]");
        client.send("2[\"good\"]");
        client.expect("35[\"gate\"]");
        assertThat(heard).containsExactly("good");
    }

    record Point(int x, Optional<String> label, Instant at, byte[] raw) {}

    @Test
    void sendsWhatJacksonWritesAndBytesAsAttachments() {
        TestClient client = server.connect();
        connectedSocket()
                .emit(
                        "e",
                        new Point(1, Optional.empty(), TestServer.NOW, new byte[] {1}),
                        List.of(Map.of("deep", new byte[] {2, 3})),
                        "text",
                        2.5,
                        null,
                        JSON.nullNode());
        client.expect("52-[\"e\",{\"x\":1,\"label\":null,\"at\":\"2024-01-01T00:00:00Z\","
                + "\"raw\":{\"_placeholder\":true,\"num\":0}},[{\"deep\":{\"_placeholder\":true,\"num\":1}}],"
                + "\"text\",2.5,null,null]");
        await().until(() -> client.transport().written().size() == 5);
        assertThat(((Packet.Binary) client.transport().written().get(4)).data()).containsExactly(2, 3);
    }

    @Test
    void refusesArgumentsThatAreNoData() {
        server.connect();
        Socket socket = connectedSocket();
        Object cycle = new Object() {
            public Object getSelf() {
                return this;
            }
        };
        assertThatThrownBy(() -> socket.emit("e", cycle)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callsAllListenersOfAnEventInTheirOrder() {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestClient client = server.connect();
        EventListener second = (args, ack) -> heard.add("second");
        connectedSocket()
                .on("e", (args, ack) -> heard.add("first"))
                .on("e", second)
                .on("e", (args, ack) -> {
                    throw new IllegalStateException("a bug in a listener");
                })
                .once("e", (args, ack) -> heard.add("once"))
                .on("e", (args, ack) -> heard.add("last"));
        client.send("2[\"e\"]");
        assertThat(heard).containsExactly("first", "second", "once", "last");
        heard.clear();
        connectedSocket().off("e", second);
        client.send("2[\"e\"]");
        assertThat(heard).containsExactly("first", "last");
        heard.clear();
        connectedSocket().off("e");
        client.send("2[\"e\"]");
        assertThat(heard).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void removesAListenerThatWasToBeCalledOnce() {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestClient client = server.connect();
        EventListener once = (args, ack) -> heard.add("once");
        connectedSocket().once("e", once).off("e", once);
        client.send("2[\"e\"]");
        assertThat(heard).isEmpty();
    }

    @Test
    void letsCatchAllListenersHearEverythingThatComes() {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestClient client = server.connect();
        CatchAllListener any = (event, args) -> heard.add(event + args);
        connectedSocket()
                .onAny(any)
                .onAny((event, args) -> {
                    throw new IllegalStateException("a bug in a listener");
                })
                .use((event, args, ack) -> false);
        client.send("2[\"a\",1]");
        client.send("2[5]");
        assertThat(heard).containsExactly("a[1]", "5[]");
        connectedSocket().offAny(any);
        client.send("2[\"b\"]");
        assertThat(heard).hasSize(2);
    }

    @Test
    void letsCatchAllListenersHearEverythingThatGoes() {
        List<String> heard = new CopyOnWriteArrayList<>();
        server.connect();
        CatchAllListener any = (event, args) -> heard.add(event + args);
        connectedSocket().onAnyOutgoing(any);
        connectedSocket().emit("a", 1);
        server.sockets().emit("b");
        connectedSocket().request(Duration.ofSeconds(1), "c");
        connectedSocket().offAnyOutgoing(any);
        connectedSocket().emit("d");
        assertThat(heard).containsExactly("a[1]", "b[]", "c[]");
    }

    @Test
    void letsNothingThroughAGateThatFails() {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestClient client = server.connect();
        connectedSocket()
                .use((event, args, ack) -> {
                    throw new IllegalStateException("a bug in a gate");
                })
                .on("e", (args, ack) -> heard.add("e"));
        client.send("2[\"e\"]");
        assertThat(heard).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void keepsEventsFromListenersOnceAGateHasDisconnected() {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestClient client = server.connect();
        Socket socket = connectedSocket();
        socket.use((event, args, ack) -> {
                    socket.disconnect(false);
                    return true;
                })
                .on("e", (args, ack) -> heard.add("e"));
        client.send("2[\"e\"]");
        assertThat(heard).isEmpty();
    }

    @Test
    void dropsVolatileEventsWhileTheTransportCannotWrite() {
        TestClient client = server.connect();
        Socket socket = connectedSocket();
        socket.asVolatile().emit("first");
        client.expect("2[\"first\"]");
        client.transport().stall();
        socket.emit("kept");
        await().until(client.transport()::isStalled);
        socket.asVolatile().emit("dropped");
        assertThat(server.sockets().asVolatile().emit("dropped")).isZero();
        socket.compress(false).emit("kept too");
        client.transport().resume();
        client.expect("2[\"kept too\"]");
        assertThat(client.texts().subList(1, 4)).containsExactly("2[\"first\"]", "2[\"kept\"]", "2[\"kept too\"]");
    }
}
