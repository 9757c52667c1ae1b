package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * Who is in which room of one namespace, and how a broadcast reaches them. Implementations are thread-safe.
 *
 * <p>What is known of this instance is answered at once. What concerns other instances as well is told to them in the
 * background: {@link #broadcast}, {@link #joinAll}, {@link #leaveAll} and {@link #disconnectAll} have done their part
 * here when they return, and theirs later; {@link #request}, {@link #fetch}, {@link
 * #askInstances} and {@link #instances} answer later. A
 * selection that is {@linkplain Selection#local() local} concerns this instance alone.
 */
public interface Adapter {

    /** A socket has connected; it is in no room but that of its own id. */
    void add(Recipient recipient);

    /** A socket has gone, and leaves all its rooms. */
    void remove(Recipient recipient);

    /** Joins a room; nothing happens if the socket is not connected. True if it was not in it before. */
    boolean join(Recipient recipient, String room);

    /** Leaves a room. True if the socket was in it. */
    boolean leave(Recipient recipient, String room);

    /** The rooms that a socket of this instance has joined; a copy. */
    Set<String> roomsOf(String socketId);

    /** How many local sockets are in a room. */
    int size(String room);

    /** How many rooms have a local member. */
    int roomCount();

    /** Every room that has a local member, with the number of its members; a copy. */
    Map<String, Integer> roomSizes();

    /** Every local socket; a copy. */
    Collection<Recipient> recipients();

    /**
     * A new acknowledgement id. One counter serves all sockets of the namespace on this instance, so that a broadcast
     * that asks for answers is the same packet for everyone. Each instance counts by itself.
     */
    long nextAckId();

    /**
     * Sends an event to a selection of sockets, once to each. The packet is encoded once.
     *
     * @return the number of local sockets that it was queued for
     */
    int broadcast(Packet.Event event, Selection selection, Delivery delivery);

    /**
     * Like {@link #broadcast}, and asks everyone for an acknowledgement. The event comes without an id; each instance
     * gives it its own.
     *
     * @param answers told by each of the {@link #instances} how many answers to expect, and of the answers
     * @return to be run when nobody waits for answers any more
     */
    Runnable request(Packet.Event event, Selection selection, Delivery delivery, AnswerCollector answers);

    /** The sockets of a selection. */
    CompletionStage<List<SocketDetails>> fetch(Selection selection);

    /** Lets every socket of a selection join rooms. */
    void joinAll(Selection selection, Set<String> rooms);

    /** Lets every socket of a selection leave rooms. */
    void leaveAll(Selection selection, Set<String> rooms);

    /** Disconnects every socket of a selection from the namespace, or ends its whole connection if so asked. */
    void disconnectAll(Selection selection, boolean close);

    /** Tells the other instances, not this one, something of the application's own. */
    default void tellInstances(String event, List<JsonNode> args) {}

    /** Like {@link #tellInstances}, and asks each for an answer. */
    default CompletionStage<List<JsonNode>> askInstances(String event, List<JsonNode> args) {
        return CompletableFuture.completedStage(List.of());
    }

    /** Who hears what other instances tell. There is one. */
    default void onInstanceEvent(InstanceListener listener) {}

    /** How many instances share this namespace, this one included. */
    CompletionStage<Integer> instances();

    /** The namespace is no more; nobody is connected to it. */
    default void close() {}
}
