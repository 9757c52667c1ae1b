package app.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Packets to the wire (Socket.IO protocol 5, "Packet encoding"). Stateless. */
public final class PacketEncoder {

    private PacketEncoder() {}

    public static EncodedPacket encode(Packet packet) {
        if (packet instanceof Packet.Event event) {
            ArrayNode data = JsonNodeFactory.instance.arrayNode(event.args().size() + 1);
            data.add(event.name());
            data.addAll(event.args());
            return encode(PacketType.EVENT, PacketType.BINARY_EVENT, event.namespace(), event.ackId(), data);
        }
        if (packet instanceof Packet.Ack ack) {
            ArrayNode data = JsonNodeFactory.instance.arrayNode(ack.args().size());
            data.addAll(ack.args());
            return encode(PacketType.ACK, PacketType.BINARY_ACK, ack.namespace(), OptionalLong.of(ack.ackId()), data);
        }
        if (packet instanceof Packet.Connect connect) {
            return text(PacketType.CONNECT, connect.namespace(), connect.data());
        }
        if (packet instanceof Packet.ConnectError error) {
            return text(PacketType.CONNECT_ERROR, error.namespace(), Optional.of(error.data()));
        }
        if (packet instanceof Packet.Disconnect disconnect) {
            return text(PacketType.DISCONNECT, disconnect.namespace(), Optional.empty());
        }
        throw new IllegalArgumentException("Not a packet to be sent");
    }

    private static EncodedPacket text(PacketType type, String namespace, Optional<JsonNode> data) {
        StringBuilder text = new StringBuilder().append(type.digit());
        appendNamespace(text, namespace);
        data.ifPresent(node -> text.append(Json.write(node)));
        return new EncodedPacket(text.toString(), List.of());
    }

    private static EncodedPacket encode(
            PacketType plain, PacketType binary, String namespace, OptionalLong ackId, ArrayNode data) {
        List<byte[]> attachments = new ArrayList<>();
        boolean hasBinary = Attachments.hasBinary(data);
        JsonNode content = hasBinary ? Attachments.extract(data, attachments) : data;
        StringBuilder text = new StringBuilder(64).append(hasBinary ? binary.digit() : plain.digit());
        if (hasBinary) {
            text.append(attachments.size()).append('-');
        }
        appendNamespace(text, namespace);
        ackId.ifPresent(text::append);
        text.append(Json.write(content));
        return new EncodedPacket(text.toString(), attachments);
    }

    private static void appendNamespace(StringBuilder text, String namespace) {
        if (!namespace.equals("/")) {
            text.append(namespace).append(',');
        }
    }
}
