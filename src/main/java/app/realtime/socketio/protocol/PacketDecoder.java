package app.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Packets from the wire, one connection's worth: remembers a binary packet until its attachments have come.
 *
 * <p>Not thread-safe: owned by its connection, which feeds it one message at a time.
 */
public final class PacketDecoder {

    /** As in the reference parser. */
    static final int MAX_ATTACHMENTS = 10;

    private static final int MAX_NAMESPACE_LENGTH = 256;

    /** The largest whole number that JavaScript represents exactly has 16 digits. */
    private static final int MAX_ACK_DIGITS = 15;

    private record Head(PacketType type, int attachments, String namespace, OptionalLong ackId, String data) {}

    private Optional<Head> waiting = Optional.empty();
    private final List<byte[]> attachments = new ArrayList<>();

    /** A message of text; empty if its attachments are still to come. */
    public Optional<Packet> add(String text) throws ProtocolException {
        if (waiting.isPresent()) {
            throw new ProtocolException("text where attachments were announced");
        }
        Head head = parseHead(text);
        if (head.attachments() == 0) {
            return Optional.of(packet(head, List.of()));
        }
        // Parsed now, so that nonsense is not kept until its attachments have come.
        packet(head, placeholders(head.attachments()));
        waiting = Optional.of(head);
        return Optional.empty();
    }

    /** A message of bytes; empty if there are more to come. */
    public Optional<Packet> add(byte[] bytes) throws ProtocolException {
        Head head = waiting.orElseThrow(() -> new ProtocolException("bytes that nobody announced"));
        attachments.add(bytes);
        if (attachments.size() < head.attachments()) {
            return Optional.empty();
        }
        Packet packet = packet(head, List.copyOf(attachments));
        waiting = Optional.empty();
        attachments.clear();
        return Optional.of(packet);
    }

    private static List<byte[]> placeholders(int count) {
        List<byte[]> empty = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            empty.add(new byte[0]);
        }
        return empty;
    }

    private static Head parseHead(String text) throws ProtocolException {
        if (text.isEmpty()) {
            throw new ProtocolException("empty packet");
        }
        PacketType type = PacketType.ofDigit(text.charAt(0));
        int at = 1;
        int count = 0;
        if (type.hasAttachments()) {
            int dash = endOfDigits(text, at);
            if (dash == at || dash - at > 2 || dash >= text.length() || text.charAt(dash) != '-') {
                throw new ProtocolException("illegal number of attachments");
            }
            count = Integer.parseInt(text, at, dash, 10);
            if (count > MAX_ATTACHMENTS) {
                throw new ProtocolException("too many attachments");
            }
            at = dash + 1;
        }
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE_LENGTH) {
                throw new ProtocolException("namespace too long");
            }
            namespace = text.substring(at, end);
            at = Math.min(end + 1, text.length());
        }
        OptionalLong ackId = OptionalLong.empty();
        int end = endOfDigits(text, at);
        if (end > at) {
            if (end - at > MAX_ACK_DIGITS) {
                throw new ProtocolException("acknowledgement id too long");
            }
            ackId = OptionalLong.of(Long.parseLong(text, at, end, 10));
        }
        return new Head(type, count, namespace, ackId, text.substring(end));
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static Packet packet(Head head, List<byte[]> bytes) throws ProtocolException {
        return switch (head.type()) {
            case CONNECT -> new Packet.Connect(head.namespace(), connectData(head));
            case DISCONNECT -> disconnect(head);
            case CONNECT_ERROR -> throw new ProtocolException("a client does not send connect errors");
            case EVENT, BINARY_EVENT -> event(head, args(head, bytes));
            case ACK, BINARY_ACK ->
                new Packet.Ack(
                        head.namespace(),
                        head.ackId().orElseThrow(() -> new ProtocolException("an acknowledgement without id")),
                        args(head, bytes));
        };
    }

    private static Optional<JsonNode> connectData(Head head) throws ProtocolException {
        if (head.data().isEmpty()) {
            return Optional.empty();
        }
        JsonNode data = Json.read(head.data());
        if (!data.isObject()) {
            throw new ProtocolException("credentials that are not an object");
        }
        return Optional.of(data);
    }

    private static Packet disconnect(Head head) throws ProtocolException {
        if (!head.data().isEmpty()) {
            throw new ProtocolException("a disconnect with data");
        }
        return new Packet.Disconnect(head.namespace());
    }

    private static Packet event(Head head, List<JsonNode> data) throws ProtocolException {
        if (data.isEmpty() || !data.get(0).isString()) {
            throw new ProtocolException("an event without name");
        }
        String name = data.get(0).stringValue();
        if (EventNames.isReserved(name)) {
            throw new ProtocolException("an event with a reserved name");
        }
        return new Packet.Event(head.namespace(), head.ackId(), name, data.subList(1, data.size()));
    }

    private static List<JsonNode> args(Head head, List<byte[]> bytes) throws ProtocolException {
        JsonNode data = Json.read(head.data());
        if (!data.isArray()) {
            throw new ProtocolException("arguments that are not an array");
        }
        if (head.type().hasAttachments()) {
            data = Attachments.restore(data, bytes);
        }
        return List.copyOf(data.values());
    }
}
