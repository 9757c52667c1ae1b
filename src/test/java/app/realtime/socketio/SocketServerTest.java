package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.TestServer.TestClient;
import app.realtime.socketio.adapter.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(60)
class SocketServerTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TestServer server = new TestServer();
    private final AtomicReference<Socket> last = new AtomicReference<>();

    SocketServerTest() {
        server.main().onConnection(last::set);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connectedSocket() {
        return await().until(last::get, socket -> socket != null);
    }

    // Connection

    @Test
    void connectsWithAPublicIdThatIsNotTheSessions() {
        TestClient client = server.connect();
        assertThat(client.sid()).isEqualTo(connectedSocket().id()).matches("[A-Za-z0-9_-]{20}");
        assertThat(client.transport().written().get(0).toString()).doesNotContain(client.sid());
        assertThat(server.connected).hasValue(1);
    }

    @Test
    void hasTheClientsCredentialsForTheMiddleware() {
        AtomicReference<Handshake> seen = new AtomicReference<>();
        server.main().use(socket -> seen.set(socket.handshake()));
        TestClient client = server.open();
        client.send("0{\"token\":\"abc\"}");
        client.expectPrefix("0{\"sid\"");
        assertThat(seen.get().auth().path("token").asString()).isEqualTo("abc");
        assertThat(seen.get().time()).isEqualTo(TestServer.NOW);
        server.connect();
        assertThat(seen.get().auth()).isEqualTo(JSON.objectNode());
    }

    @Test
    void refusesAnUnknownNamespaceAndKeepsTheConnection() {
        TestClient client = server.open();
        client.send("0/nowhere,");
        client.expect("4/nowhere,{\"message\":\"Invalid namespace\"}");
        client.send("0");
        client.expectPrefix("0{\"sid\"");
        assertThat(client.isClosed()).isFalse();
        assertThat(server.refused).containsExactly("invalid_namespace");
    }

    @Test
    void tellsTheClientWhatTheMiddlewareSays() {
        server.main().use(socket -> {
            throw new ConnectRefusedException("Token expired", Map.of("code", "token_expired"));
        });
        TestClient client = server.open();
        client.send("0");
        client.expect("4{\"message\":\"Token expired\",\"data\":{\"code\":\"token_expired\"}}");
        assertThat(server.refused).containsExactly("token_expired");
        assertThat(server.connected).hasValue(0);
        assertThat(server.main().adapter().recipients()).isEmpty();
    }

    @Test
    void refusesWithoutDetailsWhenTheMiddlewareFails() {
        server.main().use(socket -> {
            throw new IllegalStateException("password of the database");
        });
        TestClient client = server.open();
        client.send("0");
        assertThat(client.expectPrefix("4{")).doesNotContain("password");
        assertThat(client.isClosed()).isFalse();
        assertThat(server.refused).containsExactly("internal_error");
    }

    @Test
    void servesSeveralNamespacesOverOneConnection() {
        server.sockets().of("/admin").onConnection(socket -> socket.on("who", (args, ack) -> socket.emit("admin")));
        server.main().onConnection(socket -> socket.on("who", (args, ack) -> socket.emit("main")));
        TestClient client = server.connect();
        client.send("0/admin,");
        assertThat(client.expectPrefix("0/admin,{\"sid\"")).doesNotContain(client.sid());
        client.send("2/admin,[\"who\"]");
        client.expect("2/admin,[\"admin\"]");
        client.send("2[\"who\"]");
        client.expect("2[\"main\"]");
        client.send("1/admin,");
        await().until(() -> server.disconnected.equals(List.of(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT)));
        client.send("2[\"who\"]");
        await().until(() ->
                client.texts().stream().filter("2[\"main\"]"::equals).count() == 2);
        client.send("0/admin,");
        await().until(() -> server.connected.get() == 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2[\"a\"]", "312[]", "1", "2/admin,[\"a\"]"})
    void endsAConnectionThatSpeaksBeforeItIsConnected(String packet) {
        TestClient client = server.open();
        client.send(packet);
        await().until(client::isClosed);
        assertThat(server.received).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "2[\"connect\"]", "2[", "4{}", "51-[\"a\",{\"_placeholder\":true,\"num\":7}]", "0"
            })
    void endsTheConnectionOfAProtocolViolatorAloneAndNobodyElses(String packet) {
        TestClient violator = server.connect();
        TestClient other = server.connect();
        violator.send(packet);
        await().until(violator::isClosed);
        assertThat(other.isClosed()).isFalse();
        await().until(() -> server.disconnected.size() == 1);
        assertThat(server.main().adapter().recipients()).hasSize(1);
    }

    @Test
    void keepsTheConnectionWhenListenersFail() {
        List<String> order = new CopyOnWriteArrayList<>();
        server.main().onConnection(socket -> {
            socket.on("fail", (args, ack) -> {
                throw new IllegalStateException("a bug in a listener");
            });
            socket.on("work", (args, ack) -> socket.emit("worked"));
            socket.onDisconnect(reason -> {
                throw new IllegalStateException("a bug in a listener");
            });
            socket.onDisconnect(reason -> order.add("told all the same"));
            throw new IllegalStateException("a bug in a listener");
        });
        server.main().onConnection(socket -> order.add("connected all the same"));
        TestClient client = server.connect();
        client.send("2[\"fail\"]");
        client.send("2[\"nobody listens\"]");
        client.send("2[\"work\"]");
        client.expect("2[\"worked\"]");
        client.vanish();
        assertThat(order).containsExactly("connected all the same", "told all the same");
    }

    // Events

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

    // Acknowledgements

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

    // Disconnection

    @Test
    void disconnectsOneNamespaceAndKeepsTheConnection() {
        TestClient client = server.connect();
        connectedSocket().emit("bye");
        connectedSocket().disconnect(false);
        client.expect("1");
        assertThat(client.texts().subList(1, 3)).containsExactly("2[\"bye\"]", "1");
        assertThat(client.isClosed()).isFalse();
        assertThat(server.disconnected).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        connectedSocket().disconnect(false);
        connectedSocket().emit("too late");
        client.send("0");
        await().until(() -> server.connected.get() == 2);
        assertThat(client.texts()).filteredOn("1"::equals).hasSize(1);
        assertThat(client.texts()).doesNotContain("2[\"too late\"]");
    }

    /** A client that was told does not come back by itself; one whose connection only ends does. */
    @Test
    void overlooksWhatAClientSentBeforeItKnewOfItsDisconnection() {
        TestClient client = server.connect();
        connectedSocket().disconnect(false);
        client.send("2[\"too late\"]");
        client.send("0");
        await().until(() -> server.connected.get() == 2);
        assertThat(client.texts()).contains("1");
        assertThat(client.isClosed()).isFalse();
        assertThat(server.received).hasValue(0);
    }

    @Test
    void doesNotCheckCredentialsOfOneConnectionWithoutEnd() {
        AtomicInteger checks = new AtomicInteger();
        server.main().use(socket -> {
            checks.incrementAndGet();
            throw new ConnectRefusedException("no", Map.of());
        });
        TestClient client = server.open();
        for (int i = 0; i < 200; i++) {
            client.send("0");
        }
        await().until(client::isClosed);
        assertThat(checks).hasValue(100);
    }

    @Test
    void tellsEveryNamespaceBeforeItClosesTheConnection() {
        server.sockets().of("/admin");
        TestClient client = server.connect();
        Socket socket = connectedSocket();
        client.send("0/admin,");
        client.expectPrefix("0/admin,");
        socket.emit("error");
        socket.disconnect(true);
        await().until(client::isClosed);
        assertThat(client.texts().subList(2, 5)).startsWith("2[\"error\"]").contains("1", "1/admin,");
        assertThat(server.disconnected).hasSize(2).containsOnly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    @Test
    void tellsListenersOnceWhenTheClientGoes() {
        List<DisconnectReason> told = new CopyOnWriteArrayList<>();
        server.main().onConnection(socket -> {
            socket.join("room");
            socket.onDisconnect(reason -> {
                assertThat(socket.rooms()).isEmpty();
                assertThat(socket.isConnected()).isFalse();
                told.add(reason);
            });
        });
        TestClient client = server.connect();
        client.vanish();
        client.send("1");
        client.vanish();
        assertThat(told).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
        assertThat(server.main().adapter().roomSizes()).isEmpty();
    }

    /** It may have gone before the application could say that it wants to know. */
    @Test
    void tellsAListenerThatComesAfterTheDisconnection() {
        List<DisconnectReason> told = new CopyOnWriteArrayList<>();
        TestClient client = server.open();
        server.main().onConnection(socket -> {
            client.vanish();
            socket.onDisconnect(told::add);
        });
        client.send("0");
        assertThat(told).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
    }

    @Test
    void leavesNoTraceOfAClientThatGoesInTheMiddleOfItsConnection() {
        TestClient client = server.open();
        server.main().use(socket -> client.vanish());
        client.send("0");
        assertThat(last.get()).isNull();
        assertThat(server.connected.get()).isEqualTo(server.disconnected.size());
        assertThat(server.main().adapter().recipients()).isEmpty();
    }

    @Test
    void leavesNoTraceOfAClientThatGoesBeforeTheAdapterKnowsIt() {
        TestClient client = server.open();
        server.onConnected = client::vanish;
        client.send("0");
        assertThat(last.get()).isNull();
        assertThat(server.connected).hasValue(1);
        assertThat(server.disconnected).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
        assertThat(server.main().adapter().recipients()).isEmpty();
    }

    @RepeatedTest(100)
    void leavesNoTraceOfAClientThatGoesAtAnyMoment() throws Exception {
        server.main().onConnection(socket -> socket.join("room"));
        TestClient client = server.open();
        CountDownLatch ready = new CountDownLatch(1);
        Thread goes = new Thread(() -> {
            ready.countDown();
            client.vanish();
        });
        goes.start();
        ready.await();
        client.send("0");
        goes.join();
        assertThat(server.connected.get()).isEqualTo(server.disconnected.size());
        assertThat(server.main().adapter().recipients()).isEmpty();
        assertThat(server.main().adapter().roomSizes()).isEmpty();
    }

    @RepeatedTest(20)
    void letsTwoClientsDisconnectEachOther() throws Exception {
        Map<String, Socket> byId = new java.util.concurrent.ConcurrentHashMap<>();
        server.main().onConnection(socket -> {
            byId.put(socket.id(), socket);
            socket.on("kick", (args, ack) -> byId.get(args.get(0).stringValue()).disconnect(true));
        });
        TestClient one = server.connect();
        TestClient two = server.connect();
        await().until(() -> byId.size() == 2);
        Thread other = new Thread(() -> one.send("2[\"kick\",\"" + two.sid() + "\"]"));
        other.start();
        two.send("2[\"kick\",\"" + one.sid() + "\"]");
        other.join(10_000);
        assertThat(other.isAlive()).isFalse();
        await().until(() -> one.isClosed() || two.isClosed());
        await().until(() -> server.connected.get() - server.disconnected.size()
                == server.main().adapter().recipients().size());
    }

    // Rooms and broadcasts

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

    @Test
    void keepsWhatTheApplicationAttaches() {
        server.connect();
        Socket socket = connectedSocket();
        assertThat(socket.attachment(String.class)).isEmpty();
        socket.attach(String.class, "mine");
        assertThat(socket.attachment(String.class)).contains("mine");
    }

    @Test
    void refusesNamespacesWithoutASlash() {
        assertThatThrownBy(() -> server.sockets().of("admin")).isInstanceOf(IllegalArgumentException.class);
    }
}
