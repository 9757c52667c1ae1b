package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The way to answer one event of a client, at once or later. Thread-safe; only the first answer is sent. */
public interface Acknowledgement {

    /** Whether the client waits for an answer; if not, answers go nowhere. */
    boolean isWanted();

    /** Answers with these arguments as they are. */
    void send(List<JsonNode> args);

    /** Answers with one argument as it is. */
    default void send(JsonNode arg) {
        send(List.of(arg));
    }

    /**
     * Answers with any number of arguments, of the types that {@link Socket#emit(String, Object...)} takes: a list is one argument.
     *
     * @throws IllegalArgumentException if Jackson cannot write one of them
     */
    default void reply(Object... args) {
        if (isWanted()) {
            send(Arguments.trees(args));
        }
    }
}
