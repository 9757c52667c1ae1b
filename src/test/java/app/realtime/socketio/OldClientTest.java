package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of Socket.IO 2, which speak revision 3 of Engine.IO. */
class OldClientTest extends OnTestServer {

    private TestClient openOld() {
        return server.open(Map.of("EIO", "3", "transport", "websocket", "token", "abc"));
    }

    @Test
    void isConnectedToTheMainNamespaceByItsHandshake() {
        TestClient client = openOld();
        client.expect("0");
        assertThat(connectedSocket().handshake().auth())
                .isEqualTo(JSON.objectNode().put("token", "abc"));
        assertThat(connectedSocket().id()).matches("[A-Za-z0-9_-]{20}");
        connectedSocket().on("e", (args, ack) -> ack.reply(args.toArray()));
        client.send("21[\"e\",2]");
        client.expect("31[2]");
        client.send("0");
        await().until(client::isClosed);
        assertThat(server.refused).containsExactly("already_connected");
    }

    @Test
    void connectsToOthersWithAQueryForItsCredentials() {
        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        server.sockets().of("/custom").onConnection(socket -> {
            seen.add(socket.handshake().auth());
            socket.on("e", (args, ack) -> socket.emit("f"));
        });
        TestClient client = openOld();
        client.send("0/custom?token=x,");
        client.expect("0/custom,");
        assertThat(seen).containsExactly(JSON.objectNode().put("token", "x"));
        client.send("2/custom,[\"e\"]");
        client.expect("2/custom,[\"f\"]");
        client.send("1/custom?token=x,");
        await().until(() -> server.disconnected.equals(List.of(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT)));
    }

    @Test
    void isRefusedInItsOwnWay() {
        server.main().use(socket -> {
            throw new ConnectRefusedException("No");
        });
        server.sockets().of("/custom").use(socket -> {
            throw new ConnectRefusedException("No", Map.of("code", "never"));
        });
        TestClient client = openOld();
        client.expect("4\"No\"");
        client.send("0/custom,");
        client.expect("4/custom,{\"code\":\"never\"}");
        client.send("0/nowhere,");
        client.expect("4/nowhere,{\"message\":\"Invalid namespace\"}");
        assertThat(client.isClosed()).isFalse();
    }
}
