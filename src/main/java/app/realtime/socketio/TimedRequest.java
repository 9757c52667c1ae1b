package app.realtime.socketio;

import java.util.concurrent.CompletionStage;

/**
 * An event that is to be acknowledged within a time.
 *
 * @param <T> what is known when the time is over, or before
 */
@FunctionalInterface
public interface TimedRequest<T> {

    /**
     * Sends the event.
     *
     * @param args as for {@link Socket#emit(String, Object...)}
     * @return completed on a thread of the server: do not block in what follows, or use the {@code Async} methods
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones
     */
    CompletionStage<T> request(String event, Object... args);
}
