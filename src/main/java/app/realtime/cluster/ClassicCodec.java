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

/**
 * Messages of one namespace as bytes, as {@code @socket.io/redis-adapter} 8 writes and reads them: broadcasts and whatever
 * may hold bytes as MessagePack, the rest as JSON; either is understood. Immutable.
 */
final class ClassicCodec {

    /** The reference's request types. */
    private static final int SOCKETS = 0;

    private static final int ALL_ROOMS = 1;
    private static final int REMOTE_JOIN = 2;
    private static final int REMOTE_LEAVE = 3;
    private static final int REMOTE_DISCONNECT = 4;
    private static final int REMOTE_FETCH = 5;
    private static final int SERVER_SIDE_EMIT = 6;
    private static final int BROADCAST = 7;
    private static final int BROADCAST_CLIENT_COUNT = 8;
    private static final int BROADCAST_ACK = 9;

    /** Socket.IO's packet type EVENT; bytes in it make no difference here. */
    private static final int EVENT = 2;

    private static final int BROADCAST_FIELDS = 3;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String namespace;
    private final String uid;

    ClassicCodec(String namespace, String uid) {
        this.namespace = namespace;
        this.uid = uid;
    }

    byte[] broadcast(ClusterMessage.Broadcast message) {
        return MessagePack.write(JSON.arrayNode()
                .add(uid)
                .add(packet(message.event()))
                .add(options(message.selection(), message.delivery())));
    }

    private ObjectNode packet(Packet.Event event) {
        ArrayNode data =
                JSON.arrayNode(event.args().size() + 1).add(event.name()).addAll(event.args());
        return JSON.objectNode()
                .put("type", EVENT)
                .<ObjectNode>set("data", data)
                .put("nsp", namespace);
    }

    private static ObjectNode options(Selection selection, Delivery delivery) {
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

    private static ObjectNode options(Selection selection) {
        ObjectNode options = JSON.objectNode();
        options.set("rooms", strings(selection.rooms()));
        options.set("except", strings(selection.except()));
        return options;
    }

    private static ArrayNode strings(Collection<String> texts) {
        ArrayNode array = JSON.arrayNode(texts.size());
        texts.forEach(array::add);
        return array;
    }

    /** For the channel of requests. */
    byte[] request(ClusterMessage message) {
        ObjectNode request = JSON.objectNode().put("uid", uid);
        if (message instanceof ClusterMessage.Request ask) {
            request.put("requestId", ask.id().request()).put("type", BROADCAST);
            request.set("packet", packet(ask.event()));
            request.set("opts", options(ask.selection(), ask.delivery()));
            return MessagePack.write(request);
        }
        if (message instanceof ClusterMessage.Fetch fetch) {
            request.put("requestId", fetch.id().request()).put("type", REMOTE_FETCH);
            request.set("opts", options(fetch.selection()));
        } else if (message instanceof ClusterMessage.Join join) {
            request.put("type", REMOTE_JOIN).set("opts", options(join.selection()));
            request.set("rooms", strings(join.rooms()));
        } else if (message instanceof ClusterMessage.Leave leave) {
            request.put("type", REMOTE_LEAVE).set("opts", options(leave.selection()));
            request.set("rooms", strings(leave.rooms()));
        } else if (message instanceof ClusterMessage.Disconnect disconnect) {
            request.put("type", REMOTE_DISCONNECT).set("opts", options(disconnect.selection()));
            request.put("close", disconnect.close());
        } else if (message instanceof ClusterMessage.Tell tell) {
            tell.id().ifPresent(id -> request.put("requestId", id.request()));
            ArrayNode data = JSON.arrayNode().add(tell.event()).addAll(tell.args());
            request.put("type", SERVER_SIDE_EMIT).set("data", data);
        } else {
            throw new IllegalArgumentException("Not asked by this server: " + message.getClass());
        }
        return text(request);
    }

    /** For the channel of answers. */
    byte[] answer(ClusterMessage.Answer answer) {
        ObjectNode response = JSON.objectNode();
        if (answer instanceof ClusterMessage.Acknowledged acknowledged) {
            response.put("type", BROADCAST_ACK).put("requestId", answer.request());
            response.set("packet", acknowledged.value());
            return MessagePack.write(response);
        }
        if (answer instanceof ClusterMessage.Asked asked) {
            response.put("type", BROADCAST_CLIENT_COUNT).put("requestId", answer.request());
            return text(response.put("clientCount", asked.clients()));
        }
        if (answer instanceof ClusterMessage.Told told) {
            response.put("type", SERVER_SIDE_EMIT).put("requestId", answer.request());
            response.set("data", told.value());
            return text(response);
        }
        response.put("requestId", answer.request());
        if (answer instanceof ClusterMessage.Found found) {
            ArrayNode sockets = response.putArray("sockets");
            found.sockets().forEach(socket -> sockets.add(details(socket)));
        } else if (answer instanceof ClusterMessage.FoundIds found) {
            response.set("sockets", strings(found.ids()));
        } else if (answer instanceof ClusterMessage.FoundRooms found) {
            response.set("rooms", strings(found.rooms()));
        }
        return text(response);
    }

    /** To the reference a socket is in the room of its own id as well. */
    private static ObjectNode details(SocketDetails socket) {
        Set<String> rooms = new HashSet<>(socket.rooms());
        rooms.add(socket.id());
        ObjectNode details = JSON.objectNode().put("id", socket.id());
        details.set("handshake", socket.handshake());
        details.set("rooms", strings(rooms));
        details.set("data", socket.data());
        return details;
    }

    private static byte[] text(JsonNode node) {
        return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode read(byte[] message) throws MalformedMessageException {
        if (message.length == 0 || message[0] != '{') {
            return MessagePack.read(message);
        }
        try {
            return MAPPER.readTree(message);
        } catch (JacksonException e) {
            throw new MalformedMessageException("not JSON", e);
        }
    }

    /** Reads what came by the channel of broadcasts; empty if this instance said it, or it is for another namespace. */
    Optional<ClusterMessage> readBroadcast(byte[] message) throws MalformedMessageException {
        JsonNode fields = MessagePack.read(message);
        if (!fields.isArray() || fields.size() < BROADCAST_FIELDS) {
            throw new MalformedMessageException("a broadcast is an array of three");
        }
        JsonNode packet = fields.get(1);
        if (isOwn(fields.get(0)) || !packet.path("nsp").asString("/").equals(namespace)) {
            return Optional.empty();
        }
        JsonNode options = fields.get(2);
        return Optional.of(new ClusterMessage.Broadcast(event(packet), selection(options), delivery(options)));
    }

    private boolean isOwn(JsonNode sender) {
        return sender.isString() && sender.stringValue().equals(uid);
    }

    private Packet.Event event(JsonNode packet) throws MalformedMessageException {
        JsonNode data = packet.path("data");
        if (packet.path("type").asInt(-1) != EVENT || !data.isArray() || data.isEmpty()) {
            throw new MalformedMessageException("a packet is an event with a name");
        }
        return new Packet.Event(namespace, OptionalLong.empty(), data.get(0).asString(), tail(data));
    }

    private static Selection selection(JsonNode options) {
        return new Selection(texts(options.path("rooms")), texts(options.path("except")));
    }

    /** Rooms may be numbers in JavaScript. */
    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private static Delivery delivery(JsonNode options) {
        JsonNode flags = options.path("flags");
        return new Delivery(
                flags.path("compress").asBoolean(true), flags.path("volatile").asBoolean(false));
    }

    /** Reads what came by the channel of requests; empty if this instance said it, or the type is not known. */
    Optional<ClusterMessage> readRequest(byte[] message) throws MalformedMessageException {
        JsonNode request = read(message);
        if (!request.isObject()) {
            throw new MalformedMessageException("a request is an object");
        }
        if (isOwn(request.path("uid"))) {
            return Optional.empty();
        }
        ClusterMessage.QuestionId id = new ClusterMessage.QuestionId(
                request.path("uid").asString(""), request.path("requestId").asString(""));
        JsonNode options = request.path("opts");
        Selection selection = selection(options);
        return Optional.ofNullable(
                switch (request.path("type").asInt(-1)) {
                    case SOCKETS -> new ClusterMessage.Ids(id, new Selection(texts(request.path("rooms")), Set.of()));
                    case ALL_ROOMS -> new ClusterMessage.Rooms(id);
                    case REMOTE_JOIN -> change(request, id, new ClusterMessage.Join(selection, rooms(request)));
                    case REMOTE_LEAVE -> change(request, id, new ClusterMessage.Leave(selection, rooms(request)));
                    case REMOTE_DISCONNECT ->
                        change(
                                request,
                                id,
                                new ClusterMessage.Disconnect(
                                        selection, request.path("close").asBoolean(false)));
                    case REMOTE_FETCH -> new ClusterMessage.Fetch(id, selection);
                    case SERVER_SIDE_EMIT -> tell(request, id);
                    case BROADCAST ->
                        new ClusterMessage.Request(
                                id, event(request.path("packet")), selection, delivery(options), patience(options));
                    default -> null;
                });
    }

    private static ClusterMessage tell(JsonNode request, ClusterMessage.QuestionId id)
            throws MalformedMessageException {
        JsonNode data = request.path("data");
        if (!data.isArray() || data.isEmpty()) {
            throw new MalformedMessageException("what is told has a name");
        }
        return new ClusterMessage.Tell(
                request.has("requestId") ? Optional.of(id) : Optional.empty(),
                data.get(0).asString(),
                tail(data));
    }

    private static List<JsonNode> tail(JsonNode data) {
        List<JsonNode> args = new ArrayList<>(data.size() - 1);
        for (int i = 1; i < data.size(); i++) {
            args.add(data.get(i));
        }
        return args;
    }

    private static Set<String> rooms(JsonNode request) {
        return request.has("room") ? Set.of(request.path("room").asString()) : texts(request.path("rooms"));
    }

    /** A selection, or a single socket by its id: never everyone because both are missing. */
    private static ClusterMessage change(JsonNode request, ClusterMessage.QuestionId id, ClusterMessage change)
            throws MalformedMessageException {
        if (request.path("opts").isObject()) {
            return change;
        }
        if (!request.path("sid").isString()) {
            throw new MalformedMessageException("a change names its sockets");
        }
        String socketId = request.path("sid").stringValue();
        Selection one = Selection.inAnyOf(Set.of(socketId));
        if (change instanceof ClusterMessage.Join join) {
            return new ClusterMessage.One(id, new ClusterMessage.Join(one, join.rooms()), socketId);
        }
        if (change instanceof ClusterMessage.Leave leave) {
            return new ClusterMessage.One(id, new ClusterMessage.Leave(one, leave.rooms()), socketId);
        }
        ClusterMessage.Disconnect disconnect = (ClusterMessage.Disconnect) change;
        return new ClusterMessage.One(id, new ClusterMessage.Disconnect(one, disconnect.close()), socketId);
    }

    private static Optional<Duration> patience(JsonNode options) {
        JsonNode timeout = options.path("flags").path("timeout");
        return timeout.isNumber() && timeout.asLong(0) > 0
                ? Optional.of(Duration.ofMillis(timeout.asLong(0)))
                : Optional.empty();
    }

    /** Reads what came by a channel of answers; empty if it says nothing that this server asks for. */
    Optional<ClusterMessage.Answer> readAnswer(byte[] message) throws MalformedMessageException {
        JsonNode response = read(message);
        String request = response.path("requestId").asString("");
        if (request.isEmpty()) {
            return Optional.empty();
        }
        int type = response.path("type").asInt(-1);
        if (type == BROADCAST_CLIENT_COUNT) {
            return Optional.of(new ClusterMessage.Asked(
                    request, response.path("clientCount").asInt(0)));
        }
        if (type == BROADCAST_ACK) {
            return Optional.of(new ClusterMessage.Acknowledged(request, orNull(response.path("packet"))));
        }
        if (type == SERVER_SIDE_EMIT) {
            return Optional.of(new ClusterMessage.Told(request, orNull(response.path("data"))));
        }
        JsonNode sockets = response.path("sockets");
        if (!sockets.isArray()) {
            return Optional.empty();
        }
        List<SocketDetails> found = new ArrayList<>(sockets.size());
        for (JsonNode socket : sockets) {
            String id = socket.path("id").asString("");
            Set<String> rooms = texts(socket.path("rooms"));
            rooms.remove(id);
            found.add(new SocketDetails(id, rooms, socket.path("handshake"), socket.path("data")));
        }
        return Optional.of(new ClusterMessage.Found(request, found));
    }

    /** JSON leaves out what is undefined. */
    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? JSON.nullNode() : value;
    }
}
