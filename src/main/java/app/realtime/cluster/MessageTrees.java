package app.realtime.cluster;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.protocol.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of messages as trees: packets, options and sockets look the same in every form of messages. Stateless. */
final class MessageTrees {

    /** Socket.IO's packet type EVENT; bytes in it make no difference here. */
    private static final int EVENT = 2;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    private MessageTrees() {}

    static ObjectNode packet(Packet.Event event) {
        return JSON.objectNode().put("type", EVENT).<ObjectNode>set("data", named(event.name(), event.args()));
    }

    /** A name and what follows it, in one array. */
    static ArrayNode named(String name, List<JsonNode> args) {
        return JSON.arrayNode(args.size() + 1).add(name).addAll(args);
    }

    static ObjectNode options(Selection selection, Delivery delivery) {
        ObjectNode flags = JSON.objectNode();
        if (delivery.droppable()) {
            flags.put("volatile", true);
        }
        if (!delivery.compress()) {
            flags.put("compress", false);
        }
        ObjectNode options = options(selection);
        options.set("flags", flags);
        return options;
    }

    static ObjectNode options(Selection selection) {
        ObjectNode options = JSON.objectNode();
        options.set("rooms", strings(selection.rooms()));
        options.set("except", strings(selection.except()));
        return options;
    }

    static ArrayNode strings(Collection<String> texts) {
        ArrayNode array = JSON.arrayNode(texts.size());
        texts.forEach(array::add);
        return array;
    }

    /** To the reference a socket is in the room of its own id as well. */
    static ArrayNode sockets(List<SocketDetails> found) {
        ArrayNode sockets = JSON.arrayNode(found.size());
        for (SocketDetails socket : found) {
            Set<String> rooms = new HashSet<>(socket.rooms());
            rooms.add(socket.id());
            ObjectNode details = JSON.objectNode().put("id", socket.id());
            details.set("handshake", socket.handshake());
            details.set("rooms", strings(rooms));
            details.set("data", socket.data());
            sockets.add(details);
        }
        return sockets;
    }

    static byte[] text(JsonNode node) {
        return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads JSON or MessagePack: no object begins with the same byte in both. */
    static ObjectNode readObject(byte[] message) throws MalformedMessageException {
        JsonNode read = message.length > 0 && message[0] == '{' ? readText(message) : MessagePack.read(message);
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedMessageException("a message is an object");
    }

    private static JsonNode readText(byte[] message) throws MalformedMessageException {
        try {
            return MAPPER.readTree(message);
        } catch (JacksonException e) {
            throw new MalformedMessageException("not JSON", e);
        }
    }

    static Packet.Event event(String namespace, JsonNode packet) throws MalformedMessageException {
        JsonNode data = packet.path("data");
        if (packet.path("type").asInt(-1) != EVENT || !data.isArray() || data.isEmpty()) {
            throw new MalformedMessageException("a packet is an event with a name");
        }
        return new Packet.Event(namespace, OptionalLong.empty(), data.get(0).asString(), tail(data));
    }

    static List<JsonNode> tail(JsonNode data) {
        List<JsonNode> args = new ArrayList<>(data.size() - 1);
        for (int i = 1; i < data.size(); i++) {
            args.add(data.get(i));
        }
        return args;
    }

    /** @param id present where an answer is waited for */
    static ClusterMessage.Tell tell(JsonNode data, Optional<ClusterMessage.QuestionId> id)
            throws MalformedMessageException {
        if (!data.isArray() || data.isEmpty()) {
            throw new MalformedMessageException("what is told has a name");
        }
        return new ClusterMessage.Tell(id, data.get(0).asString(), tail(data));
    }

    static Selection selection(JsonNode options) {
        return new Selection(texts(options.path("rooms")), texts(options.path("except")));
    }

    /** Rooms may be numbers in JavaScript. */
    static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    static Delivery delivery(JsonNode options) {
        JsonNode flags = options.path("flags");
        return new Delivery(
                flags.path("compress").asBoolean(true), flags.path("volatile").asBoolean(false));
    }

    /** How long the asker waits, where it says so. */
    static Optional<Duration> patience(JsonNode options) {
        JsonNode timeout = options.path("flags").path("timeout");
        return timeout.isNumber() && timeout.asLong(0) > 0
                ? Optional.of(Duration.ofMillis(timeout.asLong(0)))
                : Optional.empty();
    }

    static List<SocketDetails> socketsFound(JsonNode sockets) {
        List<SocketDetails> found = new ArrayList<>(sockets.size());
        for (JsonNode socket : sockets) {
            String id = socket.path("id").asString("");
            Set<String> rooms = texts(socket.path("rooms"));
            rooms.remove(id);
            found.add(new SocketDetails(id, rooms, socket.path("handshake"), socket.path("data")));
        }
        return found;
    }

    /** JSON leaves out what is undefined. */
    static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? JSON.nullNode() : value;
    }
}
