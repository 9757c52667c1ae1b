package app.realtime.rooms;

import static app.realtime.rooms.RoomPolicyTest.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import app.realtime.identity.Identity;
import app.realtime.rooms.RoomRefusedException.Reason;
import app.realtime.socketio.Socket;
import app.realtime.socketio.TestServer;
import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RoomManagerTest {

    private static final Identity ANN = user("ann", Optional.empty());

    private final TestServer server = new TestServer();
    private final RoomManager rooms = new RoomManager(
            server.sockets(),
            new RoomSettings(4, RoomTypes.BUILT_IN),
            rooms -> CompletableFuture.completedStage(Map.of("survey:1", 5)));
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    RoomManagerTest() {
        server.main().onConnection(socket -> sockets.put(socket.id(), socket));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket socketOf(TestClient client) {
        return await().until(() -> sockets.get(client.sid()), socket -> socket != null);
    }

    private Socket entered(TestClient client, Identity identity) {
        Socket socket = socketOf(client);
        rooms.enter(socket, identity);
        return socket;
    }

    private Socket entered(Identity identity) {
        return entered(server.connect(), identity);
    }

    private static void assertRefused(Reason reason, ThrowingCallable action) {
        assertThatExceptionOfType(RoomRefusedException.class)
                .isThrownBy(action)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
                .withMessage(reason.message());
    }

    @Test
    void putsConnectionsIntoTheirFirstRooms() {
        assertThat(entered(ANN).rooms()).containsExactlyInAnyOrder("global", "user:ann");
        assertThat(entered(new Identity.Anonymous("anon-1")).rooms()).containsExactly("global");
    }

    @Test
    void joinsAndLeavesByName() throws Exception {
        Socket socket = entered(ANN);
        assertThat(rooms.join(socket, "survey:1")).isEqualTo(RoomName.survey("1"));
        assertThat(rooms.join(socket, "survey:1")).isEqualTo(RoomName.survey("1"));
        assertThat(rooms.roomsOf(socket).toCompletableFuture().join())
                .containsExactly(
                        new RoomCount(RoomName.GLOBAL, 1),
                        new RoomCount(RoomName.survey("1"), 6),
                        new RoomCount(RoomName.user("ann"), 1));
        assertThat(rooms.leave(socket, "survey:1")).isEqualTo(RoomName.survey("1"));
        assertThat(socket.rooms()).containsExactlyInAnyOrder("global", "user:ann");
    }

    @Test
    void saysWhyItRefuses() throws Exception {
        Socket socket = entered(ANN);
        assertRefused(Reason.NAME_MISSING, () -> rooms.join(socket, ""));
        assertRefused(Reason.INVALID_NAME, () -> rooms.join(socket, "kitchen"));
        assertRefused(Reason.INVALID_NAME, () -> rooms.leave(socket, "survey:a b"));
        assertRefused(Reason.FORBIDDEN, () -> rooms.join(socket, "user:bob"));
        assertRefused(Reason.NOT_JOINED, () -> rooms.leave(socket, "survey:1"));
        assertRefused(Reason.PERMANENT, () -> rooms.leave(socket, "global"));
        Socket unknown = socketOf(server.connect());
        assertRefused(Reason.FORBIDDEN, () -> rooms.join(unknown, "survey:1"));
        assertThat(unknown.rooms()).isEmpty();
    }

    @Test
    void boundsTheRoomsOfAConnection() throws Exception {
        Socket socket = entered(ANN);
        rooms.join(socket, "survey:1");
        rooms.join(socket, "survey:2");
        assertRefused(Reason.TOO_MANY, () -> rooms.join(socket, "survey:3"));
        rooms.join(socket, "survey:2");
        rooms.leave(socket, "survey:1");
        rooms.join(socket, "survey:3");
        assertThat(socket.rooms()).hasSize(4);
    }

    @Test
    void takesAConnectionOutOfWhatItsNewIdentityMayNotJoin() throws Exception {
        Socket socket = entered(ANN);
        rooms.join(socket, "survey:1");
        rooms.join(socket, "survey:2");
        assertThat(rooms.renew(socket, user("ann", Optional.of(List.of("survey:1")))))
                .containsExactly(RoomName.survey("2"));
        assertThat(socket.rooms()).containsExactlyInAnyOrder("global", "user:ann", "survey:1");
        assertRefused(Reason.FORBIDDEN, () -> rooms.join(socket, "survey:2"));
    }

    @Test
    void sendsAnEventOnceToEachConnectionInItsRooms() throws Exception {
        TestClient client = server.connect();
        Socket socket = entered(client, ANN);
        rooms.join(socket, "survey:1");
        rooms.join(socket, "project:2");
        entered(user("bob", Optional.empty()));
        int reached = rooms.broadcast(
                List.of(RoomName.survey("1"), RoomName.project("2"), RoomName.survey("nobody")),
                "response.new",
                JsonNodeFactory.instance.objectNode().put("surveyId", "1"));
        assertThat(reached).isEqualTo(1);
        assertThat(rooms.broadcast(List.of(RoomName.GLOBAL), "last", JsonNodeFactory.instance.nullNode()))
                .isEqualTo(2);
        client.expect("2[\"last\",null]");
        assertThat(client.texts())
                .filteredOn(text -> text.contains("response.new"))
                .containsExactly("2[\"response.new\",{\"surveyId\":\"1\"}]");
    }

    @Test
    void countsConnectionsUsersAndRooms() throws Exception {
        Socket socket = entered(ANN);
        entered(ANN);
        entered(new Identity.Anonymous("anon-1"));
        TestClient leaves = server.connect();
        entered(leaves, user("bob", Optional.empty()));
        rooms.join(socket, "survey:1");
        leaves.vanish();
        assertThat(rooms.statistics())
                .isEqualTo(new RoomStatistics(
                        2,
                        1,
                        Set.of("ann"),
                        List.of(
                                new RoomCount(RoomName.GLOBAL, 3),
                                new RoomCount(RoomName.user("ann"), 2),
                                new RoomCount(RoomName.survey("1"), 1))));
    }

    @Test
    void countsNobodyWhoWentBeforeEntering() {
        TestClient client = server.connect();
        Socket socket = socketOf(client);
        client.vanish();
        rooms.enter(socket, ANN);
        assertThat(rooms.statistics()).isEqualTo(new RoomStatistics(0, 0, Set.of(), List.of()));
        assertThat(rooms.authenticatedConnections()).isZero();
        assertThat(rooms.roomCount()).isZero();
    }
}
