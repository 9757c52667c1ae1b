package app.realtime.connection;

import app.realtime.socketio.Acknowledgement;
import app.realtime.socketio.Socket;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two ways in which a client's request is answered: an event, and an acknowledgement if the client wants one. */
final class Answers {

    private static final int MAX_ECHO = 256;

    private Answers() {}

    /** {@code { ok: true, … }} with the fields of the answer. */
    static void grant(Acknowledgement acknowledgement, ObjectNode answer) {
        ObjectNode ok = JsonNodeFactory.instance.objectNode().put("ok", true);
        ok.setAll(answer);
        acknowledgement.send(ok);
    }

    /** {@code { ok: false, error, code }}. */
    static void refuse(Acknowledgement acknowledgement, String message, String code) {
        acknowledgement.send(JsonNodeFactory.instance
                .objectNode()
                .put("ok", false)
                .put("error", message)
                .put("code", code));
    }

    /** The {@code error} event; what the client itself has sent is echoed in part at most. */
    static void error(Socket socket, String message, String code, Optional<String> room) {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("message", message).put("code", code);
        room.ifPresent(name -> error.put("room", name.length() > MAX_ECHO ? name.substring(0, MAX_ECHO) : name));
        socket.emit("error", error);
    }
}
