package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Clients come into namespaces, and the application hears of it. */
class ConnectionTest extends OnTestServer {

    @Test
    void connectsWithAPublicIdThatIsNotTheSessions() {
        TestClient client = server.connect();
        assertThat(client.sid()).isEqualTo(connectedSocket().id()).matches("[A-Za-z0-9_-]{20}");
        assertThat(client.transport().written().get(0).toString()).doesNotContain(client.sid());
        assertThat(server.connected).hasValue(1);
    }

    /** An event that somebody publishes because a client is connected must reach it. */
    @Test
    void isInItsRoomsBeforeItsClientKnows() {
        server.main().onConnection(socket -> {
            socket.join("room");
            socket.emit("welcome");
        });
        TestClient client = server.open();
        AtomicReference<Integer> members = new AtomicReference<>();
        client.transport()
                .onWrite(() ->
                        members.compareAndSet(null, server.main().adapter().size("room")));
        client.send("0");
        client.expectPrefix("0{\"sid\"");
        client.expect("2[\"welcome\"]");
        assertThat(members).hasValue(1);
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
