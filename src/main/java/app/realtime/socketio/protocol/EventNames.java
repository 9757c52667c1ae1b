package app.realtime.socketio.protocol;

import java.util.Set;

/** Names that mean something to the client's own life and cannot be sent as events. */
public final class EventNames {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
