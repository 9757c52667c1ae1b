package app.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Packets from the wire, one connection's worth: remembers a binary packet until its attachments have come.
 *
 * <p>Takes what the reference parser takes, but for accidents of JavaScript: an empty message is no CONNECT here, and the
 * number of attachments is written in digits alone. Three bounds are our own: {@link #MAX_DEPTH}, and the lengths of
 * namespaces and acknowledgement ids.
 *
 * <p>Not thread-safe: owned by its connection, which feeds it one message at a time.
 */
public final class PacketDecoder {

    /** As in the reference parser. */
    public static final int MAX_ATTACHMENTS = 10;

    /** Deep enough for any honest event, and far from what would exhaust a thread's stack. */
    public static final int MAX_DEPTH = 64;

    /** Of a namespace's name, in characters. */
    public static final int MAX_NAMESPACE_LENGTH = 256;

    /** With the query that Socket.IO 2 clients put behind it, which may hold a token. */
    private static final int MAX_NAMESPACE_WITH_QUERY = 8192;

    /** The largest whole number that JavaScript represents exactly has 16 digits. */
    private static final int MAX_ACK_DIGITS = 15;

    private record Head(PacketType type, int attachments, String namespace, OptionalLong ackId, String data) {}

    private Optional<Head> waiting = Optional.empty();
    private final List<byte[]> attachments = new ArrayList<>();

    /** A message of text; empty if its attachments are still to come. */
    public Optional<Packet> add(String text) throws ProtocolException {
        if (waiting.isPresent()) {
            throw new ProtocolException(Violation.TEXT_FOR_ATTACHMENT);
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
        Head head = waiting.orElseThrow(() -> new ProtocolException(Violation.UNANNOUNCED_ATTACHMENT));
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
            throw new ProtocolException(Violation.UNKNOWN_PACKET_TYPE);
        }
        PacketType type = PacketType.ofDigit(text.charAt(0));
        int at = 1;
        int count = 0;
        if (type.hasAttachments()) {
            int dash = endOfDigits(text, at);
            if (dash == at || dash >= text.length() || text.charAt(dash) != '-') {
                throw new ProtocolException(Violation.ILLEGAL_ATTACHMENTS);
            }
            count = attachments(text, at, dash);
            at = dash + 1;
        }
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            namespace = namespace(text, at, end);
            at = Math.min(end + 1, text.length());
        }
        OptionalLong ackId = OptionalLong.empty();
        int end = endOfDigits(text, at);
        if (end > at) {
            if (end - at > MAX_ACK_DIGITS) {
                throw new ProtocolException(Violation.ACK_ID_TOO_LONG);
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

    private static int attachments(String text, int from, int to) throws ProtocolException {
        int count = 0;
        for (int at = from; at < to; at++) {
            count = 10 * count + text.charAt(at) - '0';
            if (count > MAX_ATTACHMENTS) {
                throw new ProtocolException(Violation.TOO_MANY_ATTACHMENTS);
            }
        }
        if (count == 0) {
            throw new ProtocolException(Violation.ILLEGAL_ATTACHMENTS);
        }
        return count;
    }

    private static String namespace(String text, int from, int to) throws ProtocolException {
        int query = text.lastIndexOf('?', Math.min(to, from + MAX_NAMESPACE_LENGTH));
        int longest = query > from ? MAX_NAMESPACE_WITH_QUERY : MAX_NAMESPACE_LENGTH;
        if (to - from > longest) {
            throw new ProtocolException(Violation.NAMESPACE_TOO_LONG);
        }
        return text.substring(from, to);
    }

    private static Packet packet(Head head, List<byte[]> bytes) throws ProtocolException {
        return switch (head.type()) {
            case CONNECT -> new Packet.Connect(head.namespace(), connectData(head));
            case DISCONNECT -> disconnect(head);
            case CONNECT_ERROR -> new Packet.ConnectError(head.namespace(), connectError(head));
            case EVENT, BINARY_EVENT -> event(head, bytes);
            case ACK, BINARY_ACK -> ack(head, bytes);
        };
    }

    private static Optional<JsonNode> connectData(Head head) throws ProtocolException {
        if (head.data().isEmpty()) {
            return Optional.empty();
        }
        JsonNode data = Json.read(head.data());
        if (!data.isObject()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        return Optional.of(data);
    }

    private static Packet disconnect(Head head) throws ProtocolException {
        if (!head.data().isEmpty()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        return new Packet.Disconnect(head.namespace());
    }

    private static JsonNode connectError(Head head) throws ProtocolException {
        if (head.data().isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode data = Json.read(head.data());
        if (!data.isObject() && !data.isString()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        return data;
    }

    private static Packet event(Head head, List<byte[]> bytes) throws ProtocolException {
        if (head.data().isEmpty()) {
            return new Packet.Meaningless(head.namespace(), Violation.EVENT_WITHOUT_PAYLOAD);
        }
        List<JsonNode> data = array(head, bytes);
        if (data.isEmpty()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        return new Packet.Event(head.namespace(), head.ackId(), name(data.get(0)), data.subList(1, data.size()));
    }

    /** A number is a name too: that of its text. */
    private static String name(JsonNode node) throws ProtocolException {
        if (node.isNumber()) {
            return Json.numberText(node);
        }
        if (!node.isString()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        String name = node.stringValue();
        if (EventNames.isReserved(name)) {
            throw new ProtocolException(Violation.RESERVED_EVENT_NAME);
        }
        return name;
    }

    private static Packet ack(Head head, List<byte[]> bytes) throws ProtocolException {
        List<JsonNode> args = head.data().isEmpty() ? List.of() : array(head, bytes);
        return head.ackId().isPresent()
                ? new Packet.Ack(head.namespace(), head.ackId().getAsLong(), args)
                : new Packet.Meaningless(head.namespace(), Violation.ACK_WITHOUT_ID);
    }

    private static List<JsonNode> array(Head head, List<byte[]> bytes) throws ProtocolException {
        JsonNode data = Json.read(head.data());
        if (!data.isArray()) {
            throw new ProtocolException(Violation.INVALID_PAYLOAD);
        }
        if (head.type().hasAttachments()) {
            data = Attachments.restore(data, bytes);
        }
        return List.copyOf(data.values());
    }
}
