package app.realtime.cluster;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one instance says to all others about the sockets of a namespace, or answers one of them. */
sealed interface ClusterMessage {

    /** An event for the sockets of a selection. */
    record Broadcast(Packet.Event event, Selection selection, Delivery delivery) implements ClusterMessage {}

    /** Sockets of a selection are to join rooms. */
    record Join(Selection selection, Set<String> rooms) implements ClusterMessage {}

    /** Sockets of a selection are to leave rooms. */
    record Leave(Selection selection, Set<String> rooms) implements ClusterMessage {}

    /** Sockets of a selection are to be disconnected. */
    record Disconnect(Selection selection, boolean close) implements ClusterMessage {}

    /**
     * Something of the application's own.
     *
     * @param id present where an answer is waited for
     */
    record Tell(Optional<QuestionId> id, String event, List<JsonNode> args) implements ClusterMessage {}

    /** A message that is to be answered. */
    sealed interface Question extends ClusterMessage {

        QuestionId id();
    }

    /**
     * Which question an answer belongs to.
     *
     * @param asker the instance that asks
     */
    record QuestionId(String asker, String request) {}

    /**
     * An event to be acknowledged by each recipient.
     *
     * @param patience how long the asker waits, where it says so
     */
    record Request(
            QuestionId id, Packet.Event event, Selection selection, Delivery delivery, Optional<Duration> patience)
            implements Question {}

    /** Which sockets of a selection are there? */
    record Fetch(QuestionId id, Selection selection) implements Question {}

    /** Which ids have the sockets of these rooms? Asked by the reference's {@code adapter.sockets()}. */
    record Ids(QuestionId id, Selection selection) implements Question {}

    /** Which rooms are there? */
    record Rooms(QuestionId id) implements Question {}

    /** A single socket is to change; whoever has it confirms. Asked by older servers. */
    record One(QuestionId id, ClusterMessage change, String socketId) implements Question {}

    /** What answers a question. */
    sealed interface Answer extends ClusterMessage {

        String request();
    }

    /** So many clients were asked for an acknowledgement. */
    record Asked(String request, int clients) implements Answer {}

    /** A client's acknowledgement. */
    record Acknowledged(String request, JsonNode value) implements Answer {}

    /** Sockets that were found. */
    record Found(String request, List<SocketDetails> sockets) implements Answer {}

    /** Ids of sockets. */
    record FoundIds(String request, Set<String> ids) implements Answer {}

    /** Rooms that have members. */
    record FoundRooms(String request, Set<String> rooms) implements Answer {}

    /** What the application has answered. */
    record Told(String request, JsonNode value) implements Answer {}

    /** It is done. */
    record Done(String request) implements Answer {}
}
