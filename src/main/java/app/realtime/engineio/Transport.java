package app.realtime.engineio;

import java.io.IOException;

/**
 * One way from a session to its client, implemented by the edges.
 *
 * <p>A session writes from one thread at a time and never while it holds a lock. {@link #close} may come at any time,
 * also during a write.
 */
public interface Transport {

    TransportName name();

    /**
     * Whether a write may start now: a websocket's client has taken the last one, or a poll waits. Must not block. When it
     * has become so, the transport tells its session ({@link Session#writable}, {@link Session#polled}).
     */
    boolean isWritable();

    /** Whether {@link #write} may have to wait for the client, and so needs a thread that nobody else needs. */
    boolean mayWait();

    /**
     * Sends packets in order. What the client does not take now, the transport keeps, or it waits for the client.
     *
     * @throws IOException if the client cannot be reached any more
     */
    void write(Batch batch) throws IOException;

    /** Grows when the client takes something of a write that has returned. Must not block. */
    default long taken() {
        return 0;
    }

    /**
     * The session has moved to another transport.
     *
     * @param noopOwed whether what waits for an answer has been waiting since before the move began
     */
    default void leave(boolean noopOwed) {
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** Ends the connection to the client. May be called again, without effect. */
    void close(CloseReason reason);
}
