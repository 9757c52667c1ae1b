package app.realtime.socketio.adapter;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Waits for a client's acknowledgement. Thread-safe; does not block. */
public interface AnswerListener {

    /** The client has answered. */
    void answered(List<JsonNode> args);

    /** The client has gone without an answer. */
    void gone();
}
