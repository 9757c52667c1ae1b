package app.realtime.socketio;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A middleware refuses a connection: the client gets a {@code connect_error} with this message and data. */
public final class ConnectRefusedException extends Exception {

    private final transient Optional<JsonNode> data;

    /** @param message shown to the client */
    public ConnectRefusedException(String message) {
        this(message, Optional.empty());
    }

    /**
     * @param message shown to the client
     * @param data shown to the client too: what {@link Socket#emit(String, Object...)} takes. If it is an object with a text named
     *     {@code code}, that names the counter, and must be one of a small fixed set.
     */
    public ConnectRefusedException(String message, Object data) {
        this(message, Optional.of(Arguments.tree(data)));
    }

    private ConnectRefusedException(String message, Optional<JsonNode> data) {
        // Clients can cause these at will: no stack trace is filled in.
        super(message, null, false, false);
        this.data = data;
    }

    public Optional<JsonNode> data() {
        return data;
    }

    /** What the refusal is counted under. */
    String code() {
        return data.map(node -> node.path("code"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .orElse("refused");
    }
}
