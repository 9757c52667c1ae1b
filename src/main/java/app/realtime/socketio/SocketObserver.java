package app.realtime.socketio;

import java.time.Duration;

/** Hears what happens to sockets, for metrics. Implementations are thread-safe and do not block. */
public interface SocketObserver {

    default void connected() {}

    default void disconnected(DisconnectReason reason) {}

    /** A connection or an event was refused; {@code reason} is one of a small fixed set of names. */
    default void refused(String reason) {}

    /** An event has come from a client. */
    default void received() {}

    /** An event was queued for so many sockets. */
    default void sent(int recipients) {}

    /** A broadcast was queued for all its recipients. */
    default void broadcast(int recipients, Duration took) {}
}
