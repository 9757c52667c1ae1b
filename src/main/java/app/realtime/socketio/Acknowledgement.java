package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The way to answer one event of a client. Thread-safe; only the first answer is sent. */
public interface Acknowledgement {

    /** Whether the client waits for an answer; if not, {@link #send} does nothing. */
    boolean isWanted();

    void send(List<JsonNode> args);

    default void send(JsonNode arg) {
        send(List.of(arg));
    }
}
