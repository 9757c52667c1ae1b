package app.realtime.engineio;

/** Hears what happens to sessions, for metrics. Implementations are thread-safe and do not block. */
public interface EngineObserver {

    default void opened(TransportName transport) {}

    default void upgraded() {}

    default void closed(TransportName transport, CloseReason reason) {}

    /** A message was dropped, as its sender allowed, because its client could not take it. */
    default void dropped() {}

    /** A handshake or request was refused. {@code reason} is one of a small fixed set of names. */
    default void refused(String reason) {}
}
