package app.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The encoded forms of the Socket.IO protocol document, revision 5. */
class PacketEncoderTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final byte[] BYTES = {1, 2, 3, 4};

    private static String text(Packet packet) {
        EncodedPacket encoded = PacketEncoder.encode(packet);
        assertThat(encoded.attachments()).isEmpty();
        return encoded.text();
    }

    private static Packet event(String namespace, OptionalLong id, String name, JsonNode... args) {
        return new Packet.Event(namespace, id, name, List.of(args));
    }

    @Test
    void writesConnections() {
        assertThat(text(new Packet.Connect("/", Optional.empty()))).isEqualTo("0");
        JsonNode sid = JSON.objectNode().put("sid", "oSO0OpakMV_3jnilAAAA");
        assertThat(text(new Packet.Connect("/admin", Optional.of(sid))))
                .isEqualTo("0/admin,{\"sid\":\"oSO0OpakMV_3jnilAAAA\"}");
        JsonNode error = JSON.objectNode().put("message", "Not authorized");
        assertThat(text(new Packet.ConnectError("/", error))).isEqualTo("4{\"message\":\"Not authorized\"}");
    }

    @Test
    void writesDisconnections() {
        assertThat(text(new Packet.Disconnect("/"))).isEqualTo("1");
        assertThat(text(new Packet.Disconnect("/admin"))).isEqualTo("1/admin,");
    }

    @Test
    void writesEvents() {
        assertThat(text(event("/", OptionalLong.empty(), "foo"))).isEqualTo("2[\"foo\"]");
        assertThat(text(event("/admin", OptionalLong.empty(), "bar"))).isEqualTo("2/admin,[\"bar\"]");
        assertThat(text(event("/", OptionalLong.of(12), "foo"))).isEqualTo("212[\"foo\"]");
        assertThat(text(event("/admin", OptionalLong.of(0), "a", JSON.numberNode(1), JSON.nullNode())))
                .isEqualTo("2/admin,0[\"a\",1,null]");
    }

    @Test
    void writesAcknowledgements() {
        assertThat(text(new Packet.Ack("/", 12, List.of()))).isEqualTo("312[]");
        assertThat(text(new Packet.Ack("/admin", 13, List.of(JSON.stringNode("bar")))))
                .isEqualTo("3/admin,13[\"bar\"]");
    }

    @Test
    void takesBytesOutOfEvents() {
        EncodedPacket encoded = PacketEncoder.encode(event("/", OptionalLong.empty(), "baz", JSON.binaryNode(BYTES)));
        assertThat(encoded.text()).isEqualTo("51-[\"baz\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(encoded.attachments()).containsExactly(BYTES);
    }

    @Test
    void takesBytesOutOfAcknowledgements() {
        EncodedPacket encoded = PacketEncoder.encode(new Packet.Ack("/admin", 15, List.of(JSON.binaryNode(BYTES))));
        assertThat(encoded.text()).isEqualTo("61-/admin,15[{\"_placeholder\":true,\"num\":0}]");
        assertThat(encoded.attachments()).containsExactly(BYTES);
    }

    @Test
    void numbersNestedBytesInTheOrderInWhichTheyStand() {
        byte[] other = {9};
        ObjectNode nested = JSON.objectNode();
        nested.putArray("list").add(JSON.binaryNode(other)).add("x");
        nested.set("direct", JSON.binaryNode(BYTES));
        EncodedPacket encoded = PacketEncoder.encode(
                event("/a", OptionalLong.of(7), "e", JSON.binaryNode(BYTES), nested, JSON.booleanNode(true)));
        assertThat(encoded.text())
                .isEqualTo("53-/a,7[\"e\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"list\":[{\"_placeholder\":true,\"num\":1},\"x\"],"
                        + "\"direct\":{\"_placeholder\":true,\"num\":2}},true]");
        assertThat(encoded.attachments()).containsExactly(BYTES, other, BYTES);
        assertThat(nested.get("direct").isBinary())
                .as("the caller's tree is left alone")
                .isTrue();
    }

    /** As JSON.stringify does since ECMAScript 2019: UTF-8 has no form for half a pair, and a websocket may refuse it. */
    @Test
    void writesHalfASurrogatePairAsAnEscape() {
        assertThat(text(event("/", OptionalLong.empty(), "a\ud83d", JSON.stringNode("\ude00\ud83d\ude00"))))
                .isEqualTo("2[\"a\\ud83d\",\"\\ude00\ud83d\ude00\"]");
    }
}
