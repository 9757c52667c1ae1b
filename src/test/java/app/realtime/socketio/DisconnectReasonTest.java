package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.engineio.CloseReason;
import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reasons that listeners hear, each reached once. */
class DisconnectReasonTest extends OnTestServer {

    static Stream<Arguments> endings() {
        return Stream.of(
                ending(
                        DisconnectReason.SERVER_NAMESPACE_DISCONNECT,
                        test -> test.connectedSocket().disconnect(false)),
                ending(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, test -> test.client.send("1")),
                ending(DisconnectReason.SERVER_SHUTTING_DOWN, test -> test.server.close()),
                ending(DisconnectReason.PING_TIMEOUT, test -> test.ends(CloseReason.PING_TIMEOUT)),
                ending(DisconnectReason.TRANSPORT_CLOSE, test -> test.client.vanish()),
                ending(DisconnectReason.TRANSPORT_ERROR, test -> test.ends(CloseReason.TRANSPORT_ERROR)),
                ending(DisconnectReason.PARSE_ERROR, test -> test.ends(CloseReason.PARSE_ERROR)),
                ending(DisconnectReason.FORCED_CLOSE, test -> test.client.send("not a packet")),
                ending(DisconnectReason.FORCED_SERVER_CLOSE, test -> test.client.send("0")),
                ending(DisconnectReason.SLOW_CONSUMER, DisconnectReasonTest::sendsMoreThanAClientTakes));
    }

    private static Arguments ending(DisconnectReason reason, Consumer<DisconnectReasonTest> end) {
        return Arguments.of(reason, end);
    }

    private final TestClient client = server.connect();

    private void ends(CloseReason reason) {
        client.session().closed(client.transport(), reason);
    }

    private void sendsMoreThanAClientTakes() {
        client.transport().stall();
        Socket socket = connectedSocket();
        while (socket.isConnected()) {
            socket.emit("flood");
        }
        client.transport().resume();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void tellsWhyASocketWasDisconnected(DisconnectReason reason, Consumer<DisconnectReasonTest> end) {
        List<String> told = new CopyOnWriteArrayList<>();
        Socket socket = connectedSocket();
        socket.join("room");
        socket.onDisconnecting(why -> told.add("disconnecting " + why + ' ' + socket.rooms()));
        socket.onDisconnect(why -> told.add("disconnected " + why + ' ' + socket.rooms()));
        end.accept(this);
        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly("disconnecting " + reason + " [room]", "disconnected " + reason + " []");
        assertThat(server.disconnected).containsExactly(reason);
    }

    @Test
    void hasATestForEveryReason() {
        assertThat(endings().map(ending -> ending.get()[0]))
                .containsExactlyInAnyOrder((Object[]) DisconnectReason.values());
    }

    @Test
    void lastWordsOfADisconnectingSocketReachItsRooms() {
        TestClient other = server.connect();
        socketOf(other).join("room");
        Socket socket = socketOf(client);
        socket.join("room");
        socket.onDisconnecting(why -> socket.to("room").emit("gone", socket.id()));
        client.vanish();
        other.expect("2[\"gone\",\"" + client.sid() + "\"]");
    }
}
