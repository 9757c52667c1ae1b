package app.realtime.socketio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What can be done with all sockets of a place at once; {@link #broadcast} has the details. */
public interface Broadcasting extends Addressing {

    /** @see Broadcast#compress */
    default Broadcast compress(boolean worthwhile) {
        return broadcast().compress(worthwhile);
    }

    /** @see Broadcast#asVolatile */
    default Broadcast asVolatile() {
        return broadcast().asVolatile();
    }

    /** @see Broadcast#timeout */
    default TimedRequest<Answers> timeout(Duration timeout) {
        return broadcast().timeout(timeout);
    }

    /** @see Broadcast#emit */
    default int emit(String event, Object... args) {
        return broadcast().emit(event, args);
    }

    /** @see Broadcast#fetchSockets */
    default CompletionStage<List<RemoteSocket>> fetchSockets() {
        return broadcast().fetchSockets();
    }

    /** @see Broadcast#socketsJoin */
    default void socketsJoin(String... rooms) {
        broadcast().socketsJoin(rooms);
    }

    /** @see Broadcast#socketsLeave */
    default void socketsLeave(String... rooms) {
        broadcast().socketsLeave(rooms);
    }

    /** @see Broadcast#disconnectSockets */
    default void disconnectSockets(boolean close) {
        broadcast().disconnectSockets(close);
    }
}
