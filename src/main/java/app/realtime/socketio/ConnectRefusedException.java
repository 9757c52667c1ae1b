package app.realtime.socketio;

import java.util.Map;

/** Thrown by a {@link ConnectMiddleware}: the client gets a {@code connect_error} with this message and data. */
public final class ConnectRefusedException extends Exception {

    private final Map<String, String> data;

    /** @param message shown to the client */
    public ConnectRefusedException(String message, Map<String, String> data) {
        super(message);
        this.data = Map.copyOf(data);
    }

    public Map<String, String> data() {
        return data;
    }
}
