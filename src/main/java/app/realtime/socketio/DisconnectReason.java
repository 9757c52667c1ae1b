package app.realtime.socketio;

import app.realtime.engineio.CloseReason;

/** Why a socket was disconnected. */
public enum DisconnectReason {
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    SERVER_SHUTTING_DOWN("server shutting down"),
    TRANSPORT_CLOSE("transport close"),
    TRANSPORT_ERROR("transport error"),
    PING_TIMEOUT("ping timeout"),
    PARSE_ERROR("parse error"),
    /** The client sent what is not Socket.IO, or this side ended the session otherwise. */
    FORCED_CLOSE("forced close"),
    /** The client sent a packet that it may not send in its state. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client took its messages too slowly; not in the reference server. */
    SLOW_CONSUMER("slow_consumer");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** As the reference server names it. */
    public String text() {
        return text;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case SERVER_SHUTDOWN -> SERVER_SHUTTING_DOWN;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
        };
    }
}
