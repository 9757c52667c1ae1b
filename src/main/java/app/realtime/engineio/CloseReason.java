package app.realtime.engineio;

/** Why a session ended. */
public enum CloseReason {
    /** The client said so, or its connection went away. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke. */
    TRANSPORT_ERROR("transport error"),
    /** No pong in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent what is not Engine.IO or not Socket.IO. */
    PARSE_ERROR("parse error"),
    /** This side ended it. */
    FORCED_CLOSE("forced close"),
    /** This side ends all sessions. */
    SERVER_SHUTDOWN("server shutting down"),
    /** More waited for the client than a session may hold, or it took nothing for too long. */
    SLOW_CONSUMER("slow_consumer");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** As the reference server names it. */
    public String text() {
        return text;
    }
}
