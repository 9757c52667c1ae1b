package app.realtime.clients;

import java.util.List;

/** What a client is told to connect by. */
enum Transports {
    POLLING("polling"),
    WEBSOCKET("websocket"),
    UPGRADE("polling", "websocket");

    private final List<String> names;

    Transports(String... names) {
        this.names = List.of(names);
    }

    /** The names that clients know, in the order in which they are to be used. */
    List<String> names() {
        return names;
    }

    /** The transport that a client ends up with. */
    String last() {
        return names.get(names.size() - 1);
    }

    /** For the names of tests. */
    @Override
    public String toString() {
        return String.join(" then ", names);
    }
}
