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

import app.realtime.cluster.ClusterMessage.QuestionId;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages of one namespace as bytes, as the reference's cluster adapters write and read them: one object for everything, as
 * MessagePack where it holds bytes, and as JSON otherwise. Immutable.
 */
final class ShardedCodec {

    /** The reference's message types; those of heartbeats are not said on sharded channels. */
    private static final int BROADCAST = 3;

    private static final int SOCKETS_JOIN = 4;
    private static final int SOCKETS_LEAVE = 5;
    private static final int DISCONNECT_SOCKETS = 6;
    private static final int FETCH_SOCKETS = 7;
    private static final int FETCH_SOCKETS_RESPONSE = 8;
    private static final int SERVER_SIDE_EMIT = 9;
    private static final int SERVER_SIDE_EMIT_RESPONSE = 10;
    private static final int BROADCAST_CLIENT_COUNT = 11;
    private static final int BROADCAST_ACK = 12;

    private final String namespace;
    private final String uid;

    ShardedCodec(String namespace, String uid) {
        this.namespace = namespace;
        this.uid = uid;
    }

    byte[] write(ClusterMessage message) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        int type = message instanceof ClusterMessage.Answer answer ? fill(data, answer) : fill(data, message);
        ObjectNode whole = JsonNodeFactory.instance.objectNode().put("type", type);
        whole.set("data", data);
        whole.put("uid", uid).put("nsp", namespace);
        return holdsBytes(data) ? MessagePack.write(whole) : text(whole);
    }

    private int fill(ObjectNode data, ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            data.set("packet", packet(broadcast.event()));
            data.set("opts", options(broadcast.selection(), broadcast.delivery()));
            return BROADCAST;
        }
        if (message instanceof ClusterMessage.Request ask) {
            data.set("packet", packet(ask.event()));
            data.put("requestId", ask.id().request());
            data.set("opts", options(ask.selection(), ask.delivery()));
            return BROADCAST;
        }
        if (message instanceof ClusterMessage.Join join) {
            data.set("opts", options(join.selection(), Delivery.DEFAULT));
            data.set("rooms", strings(join.rooms()));
            return SOCKETS_JOIN;
        }
        if (message instanceof ClusterMessage.Leave leave) {
            data.set("opts", options(leave.selection(), Delivery.DEFAULT));
            data.set("rooms", strings(leave.rooms()));
            return SOCKETS_LEAVE;
        }
        if (message instanceof ClusterMessage.Disconnect disconnect) {
            data.set("opts", options(disconnect.selection(), Delivery.DEFAULT));
            data.put("close", disconnect.close());
            return DISCONNECT_SOCKETS;
        }
        if (message instanceof ClusterMessage.Fetch fetch) {
            data.set("opts", options(fetch.selection(), Delivery.DEFAULT));
            data.put("requestId", fetch.id().request());
            return FETCH_SOCKETS;
        }
        if (message instanceof ClusterMessage.Tell tell) {
            tell.id().ifPresent(id -> data.put("requestId", id.request()));
            data.set("packet", named(tell.event(), tell.args()));
            return SERVER_SIDE_EMIT;
        }
        throw new IllegalArgumentException("Not said on sharded channels: " + message.getClass());
    }

    private static int fill(ObjectNode data, ClusterMessage.Answer answer) {
        data.put("requestId", answer.request());
        if (answer instanceof ClusterMessage.Found found) {
            data.set("sockets", sockets(found.sockets()));
            return FETCH_SOCKETS_RESPONSE;
        }
        if (answer instanceof ClusterMessage.Told told) {
            data.set("packet", told.value());
            return SERVER_SIDE_EMIT_RESPONSE;
        }
        if (answer instanceof ClusterMessage.Asked asked) {
            data.put("clientCount", asked.clients());
            return BROADCAST_CLIENT_COUNT;
        }
        if (answer instanceof ClusterMessage.Acknowledged acknowledged) {
            data.set("packet", acknowledged.value());
            return BROADCAST_ACK;
        }
        throw new IllegalArgumentException("Not answered on sharded channels: " + answer.getClass());
    }

    private static boolean holdsBytes(JsonNode node) {
        return node.isBinary() || node.valueStream().anyMatch(ShardedCodec::holdsBytes);
    }

    /** Reads a message or an answer; empty if this instance said it, it is for another namespace, or not of a known type. */
    Optional<ClusterMessage> read(byte[] message) throws MalformedMessageException {
        JsonNode whole = readObject(message);
        String sender = whole.path("uid").asString("");
        if (sender.equals(uid) || !whole.path("nsp").asString("").equals(namespace)) {
            return Optional.empty();
        }
        JsonNode data = whole.path("data");
        String request = data.path("requestId").asString("");
        int type = whole.path("type").asInt(-1);
        Optional<ClusterMessage> answer = answer(type, request, data);
        return answer.isPresent() ? answer : message(type, new QuestionId(sender, request), data);
    }

    private static Optional<ClusterMessage> answer(int type, String request, JsonNode data) {
        return Optional.ofNullable(
                switch (type) {
                    case FETCH_SOCKETS_RESPONSE ->
                        new ClusterMessage.Found(request, socketsFound(data.path("sockets")));
                    case SERVER_SIDE_EMIT_RESPONSE -> new ClusterMessage.Told(request, orNull(data.path("packet")));
                    case BROADCAST_CLIENT_COUNT ->
                        new ClusterMessage.Asked(
                                request, data.path("clientCount").asInt(0));
                    case BROADCAST_ACK -> new ClusterMessage.Acknowledged(request, orNull(data.path("packet")));
                    default -> null;
                });
    }

    private Optional<ClusterMessage> message(int type, QuestionId id, JsonNode data) throws MalformedMessageException {
        return Optional.ofNullable(
                switch (type) {
                    case BROADCAST -> broadcast(id, data);
                    case SOCKETS_JOIN -> new ClusterMessage.Join(chosen(data), texts(data.path("rooms")));
                    case SOCKETS_LEAVE -> new ClusterMessage.Leave(chosen(data), texts(data.path("rooms")));
                    case DISCONNECT_SOCKETS ->
                        new ClusterMessage.Disconnect(
                                chosen(data), data.path("close").asBoolean(false));
                    case FETCH_SOCKETS -> new ClusterMessage.Fetch(id, chosen(data));
                    case SERVER_SIDE_EMIT -> tell(data.path("packet"), asked(id));
                    default -> null;
                });
    }

    private static Optional<QuestionId> asked(QuestionId id) {
        return id.request().isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private ClusterMessage broadcast(QuestionId id, JsonNode data) throws MalformedMessageException {
        JsonNode packet = data.path("packet");
        JsonNode options = data.path("opts");
        Selection selection = chosen(data);
        return asked(id).isEmpty()
                ? new ClusterMessage.Broadcast(event(namespace, packet), selection, delivery(options))
                : new ClusterMessage.Request(
                        id, event(namespace, packet), selection, delivery(options), patience(options));
    }

    /** Never everyone because the options are missing. */
    private static Selection chosen(JsonNode data) throws MalformedMessageException {
        if (!data.path("opts").isObject()) {
            throw new MalformedMessageException("a message names its sockets");
        }
        return selection(data.path("opts"));
    }
}
