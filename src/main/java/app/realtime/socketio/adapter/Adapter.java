package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.Packet;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Who is in which room of one namespace, and how a broadcast reaches them. Implementations are thread-safe. */
public interface Adapter {

    /** A socket has connected; it is in no room but that of its own id. */
    void add(Recipient recipient);

    /** A socket has gone, and leaves all its rooms. */
    void remove(Recipient recipient);

    /** Joins a room; nothing happens if the socket is not connected. True if it was not in it before. */
    boolean join(Recipient recipient, String room);

    /** Leaves a room. True if the socket was in it. */
    boolean leave(Recipient recipient, String room);

    /** The rooms that a socket has joined; a copy. */
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
     * Sends a packet to a selection of sockets, once to each. The packet is encoded once.
     *
     * @return the number of local sockets that it was queued for
     */
    int broadcast(Packet packet, Selection selection);
}
