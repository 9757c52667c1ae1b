package app.realtime.socketio;

import app.realtime.socketio.adapter.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** How events are sent to one socket. Immutable; thread-safe. */
public final class Emitter {

    private final Socket socket;
    private final Delivery delivery;

    Emitter(Socket socket, Delivery delivery) {
        this.socket = socket;
        this.delivery = delivery;
    }

    /** Whether compression is worthwhile, where the transport can; it is by default. */
    public Emitter compress(boolean worthwhile) {
        return new Emitter(socket, new Delivery(worthwhile, delivery.droppable()));
    }

    /** Not if the transport cannot write at this moment: for what is stale soon. */
    public Emitter asVolatile() {
        return new Emitter(socket, new Delivery(delivery.compress(), true));
    }

    /** @see Socket#emit(String, Object...) */
    public void emit(String event, Object... args) {
        socket.emit(delivery, event, Arguments.trees(args));
    }

    /** @see Socket#timeout */
    public TimedRequest<List<JsonNode>> timeout(Duration timeout) {
        return (event, args) -> request(timeout, event, args);
    }

    private CompletionStage<List<JsonNode>> request(Duration timeout, String event, Object... args) {
        return socket.request(delivery, timeout, event, args);
    }
}
