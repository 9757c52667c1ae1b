package app.realtime.socketio;

import app.realtime.socketio.adapter.SocketDetails;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * A socket that may be connected to another instance: how it was when it was fetched, and what can be done with it since.
 * Immutable; thread-safe.
 */
public final class RemoteSocket {

    private final SocketDetails details;
    private final Broadcast broadcast;

    RemoteSocket(SocketDetails details, Namespace namespace) {
        this.details = details;
        this.broadcast = namespace.to(details.id());
    }

    /** Its public id. */
    public String id() {
        return details.id();
    }

    /**
     * How it was connected: {@code address}, {@code time} (ISO-8601), {@code secure}, and {@code headers} with those that
     * hold no credentials.
     */
    public JsonNode handshake() {
        return details.handshake();
    }

    /** The rooms that it had joined. */
    public Set<String> rooms() {
        return details.rooms();
    }

    /** What was in {@link Socket#data}, as JSON. */
    public JsonNode data() {
        return details.data();
    }

    /** @see Socket#emit(String, Object...) */
    public void emit(String event, Object... args) {
        broadcast.emit(event, args);
    }

    /**
     * How long to wait for the acknowledgement of the event that follows. It fails with a {@link
     * java.util.concurrent.TimeoutException} if none comes.
     */
    public TimedRequest<List<JsonNode>> timeout(Duration timeout) {
        return (event, args) -> broadcast.timeout(timeout).request(event, args).thenCompose(RemoteSocket::first);
    }

    private static CompletionStage<List<JsonNode>> first(Answers answers) {
        return answers.answers().isEmpty()
                ? CompletableFuture.failedStage(SingleAnswer.late())
                : CompletableFuture.completedStage(answers.answers().get(0));
    }

    public void join(String... rooms) {
        broadcast.socketsJoin(rooms);
    }

    public void leave(String... rooms) {
        broadcast.socketsLeave(rooms);
    }

    /** @see Socket#disconnect */
    public void disconnect(boolean close) {
        broadcast.disconnectSockets(close);
    }
}
