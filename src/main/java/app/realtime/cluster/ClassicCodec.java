package app.realtime.cluster;

import static app.realtime.cluster.MessageTrees.delivery;
import static app.realtime.cluster.MessageTrees.event;
import static app.realtime.cluster.MessageTrees.named;
import static app.realtime.cluster.MessageTrees.options;
import static app.realtime.cluster.MessageTrees.orNull;
import static app.realtime.cluster.MessageTrees.packet;
import static app.realtime.cluster.MessageTrees.patience;
import static app.realtime.cluster.MessageTrees.readObject;
import static app.realtime.cluster.MessageTrees.selection;
import static app.realtime.cluster.MessageTrees.sockets;
import static app.realtime.cluster.MessageTrees.socketsFound;
import static app.realtime.cluster.MessageTrees.strings;
import static app.realtime.cluster.MessageTrees.tell;
import static app.realtime.cluster.MessageTrees.text;
import static app.realtime.cluster.MessageTrees.texts;

import app.realtime.socketio.adapter.Selection;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
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

    private static final int BROADCAST_FIELDS = 3;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String namespace;
    private final String uid;

    ClassicCodec(String namespace, String uid) {
        this.namespace = namespace;
        this.uid = uid;
    }

    byte[] broadcast(ClusterMessage.Broadcast message) {
        return MessagePack.write(JSON.arrayNode()
                .add(uid)
                .add(packet(message.event()).put("nsp", namespace))
                .add(options(message.selection(), message.delivery())));
    }

    /** For the channel of requests. */
    byte[] request(ClusterMessage message) {
        ObjectNode request = JSON.objectNode().put("uid", uid);
        if (message instanceof ClusterMessage.Request ask) {
            request.put("requestId", ask.id().request()).put("type", BROADCAST);
            request.set("packet", packet(ask.event()).put("nsp", namespace));
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
            request.put("type", SERVER_SIDE_EMIT).set("data", named(tell.event(), tell.args()));
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
            response.set("sockets", sockets(found.sockets()));
        } else if (answer instanceof ClusterMessage.FoundIds found) {
            response.set("sockets", strings(found.ids()));
        } else if (answer instanceof ClusterMessage.FoundRooms found) {
            response.set("rooms", strings(found.rooms()));
        }
        return text(response);
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
        return Optional.of(
                new ClusterMessage.Broadcast(event(namespace, packet), selection(options), delivery(options)));
    }

    private boolean isOwn(JsonNode sender) {
        return sender.isString() && sender.stringValue().equals(uid);
    }

    /** Reads what came by the channel of requests; empty if this instance said it, or the type is not known. */
    Optional<ClusterMessage> readRequest(byte[] message) throws MalformedMessageException {
        JsonNode request = readObject(message);
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
                    case SERVER_SIDE_EMIT ->
                        tell(request.path("data"), request.has("requestId") ? Optional.of(id) : Optional.empty());
                    case BROADCAST ->
                        new ClusterMessage.Request(
                                id,
                                event(namespace, request.path("packet")),
                                selection,
                                delivery(options),
                                patience(options));
                    default -> null;
                });
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

    /** Reads what came by a channel of answers; empty if it says nothing that this server asks for. */
    Optional<ClusterMessage.Answer> readAnswer(byte[] message) throws MalformedMessageException {
        JsonNode response = readObject(message);
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
        return Optional.of(new ClusterMessage.Found(request, socketsFound(sockets)));
    }
}
