package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.protocol.Revision;
import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class DialectTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Dialect OLD = Dialect.of(Revision.V3);
    private static final Dialect CURRENT = Dialect.of(Revision.V4);

    private static HandshakeRequest request(Map<String, String> query) {
        return new HandshakeRequest(InetAddress.getLoopbackAddress(), Map.of(), query, "/socket.io/", false);
    }

    private static Packet.Connect connect(String namespace) {
        return new Packet.Connect(namespace, Optional.empty());
    }

    private static String text(Packet packet) {
        EncodedPacket encoded = PacketEncoder.encode(packet);
        return encoded.text();
    }

    @Test
    void takesTheHandshakeOfAnOldClientForItsConnection() {
        Map<String, String> query = Map.of(
                "EIO", "3", "transport", "polling", "sid", "secret", "t", "N", "b64", "1", "j", "0", "token", "abc");
        assertThat(OLD.impliedBy(request(query)))
                .contains(new Packet.Connect("/", Optional.of(JSON.objectNode().put("token", "abc"))));
        assertThat(CURRENT.impliedBy(request(query))).isEmpty();
    }

    @Test
    void readsTheCredentialsOfAnOldClientFromTheNamespacesQuery() {
        Packet.Connect connect = connect("/custom?token=a%20b+c&flag&x=%zz&=nameless&token2=%E2%82%AC");
        assertThat(OLD.namespace(connect.namespace())).isEqualTo("/custom");
        assertThat(OLD.auth(connect))
                .isEqualTo(JSON.objectNode()
                        .put("token", "a b c")
                        .put("flag", "")
                        .put("x", "%zz")
                        .put("token2", "\u20ac"));
        assertThat(OLD.auth(connect("/custom"))).isEqualTo(JSON.objectNode());
        assertThat(CURRENT.namespace("/custom?a=b")).isEqualTo("/custom?a=b");
    }

    @Test
    void answersEachInItsOwnWay() {
        assertThat(text(OLD.accepted("/", "id"))).isEqualTo("0");
        assertThat(text(OLD.accepted("/custom", "id"))).isEqualTo("0/custom,");
        assertThat(text(CURRENT.accepted("/custom", "id"))).isEqualTo("0/custom,{\"sid\":\"id\"}");
    }

    @Test
    void refusesEachInItsOwnWay() {
        Optional<tools.jackson.databind.JsonNode> data =
                Optional.of(JSON.objectNode().put("code", 1));
        assertThat(List.of(
                        text(OLD.refused("/", "No", Optional.empty())),
                        text(OLD.refused("/a", "No", data)),
                        text(CURRENT.refused("/", "No", Optional.empty())),
                        text(CURRENT.refused("/a", "No", data))))
                .containsExactly(
                        "4\"No\"",
                        "4/a,{\"code\":1}",
                        "4{\"message\":\"No\"}",
                        "4/a,{\"message\":\"No\",\"data\":{\"code\":1}}");
    }
}
