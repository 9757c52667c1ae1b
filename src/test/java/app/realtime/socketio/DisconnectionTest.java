package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The end of sockets and connections. */
class DisconnectionTest extends OnTestServer {

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
        assertThat(nobodyConnected()).isTrue();
        assertThat(server.connected.get()).isEqualTo(server.disconnected.size());
        assertThat(server.main().adapter().recipients()).isEmpty();
    }

    @Test
    void leavesNoTraceOfAClientThatGoesBeforeTheAdapterKnowsIt() {
        TestClient client = server.open();
        server.onConnected = client::vanish;
        client.send("0");
        assertThat(nobodyConnected()).isTrue();
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
        Map<String, Socket> byId = new ConcurrentHashMap<>();
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

    @Test
    void endsASessionThatConnectsToNothing() {
        try (TestServer impatient = new TestServer(SocketOptions.DEFAULTS.withConnectTimeout(Duration.ofMillis(50)))) {
            impatient.main().useAsync(socket -> new CompletableFuture<>());
            TestClient silent = impatient.open();
            TestClient undecided = impatient.open();
            undecided.send("0");
            await().until(() -> silent.isClosed() && undecided.isClosed());
            assertThat(impatient.disconnected).isEmpty();
            assertThat(impatient.connected).hasValue(0);
        }
    }
}
