package app.realtime.socketio.adapter;

import java.util.Set;

/** A socket of this instance as an adapter sees it. Compared by identity; thread-safe. */
public interface Recipient {

    /** The socket's public id. */
    String id();

    /** Queues the event for this socket and returns at once; false if it was not queued. */
    boolean deliver(Message message);

    /**
     * Like {@link #deliver}, for an event with an acknowledgement id. If true, the listener is told once: of the answer,
     * or that none will come; unless it is forgotten before.
     */
    boolean request(Message message, AnswerListener listener);

    /** Nobody waits for the answer to this acknowledgement id any more. */
    void forget(long ackId);

    /** What others may know of it. */
    SocketDetails describe(Set<String> rooms);

    /** Disconnects from the namespace, or ends the whole connection if so asked. */
    void disconnect(boolean close);
}
