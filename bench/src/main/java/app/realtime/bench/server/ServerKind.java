package app.realtime.bench.server;

import java.util.Locale;

/** Who is measured. */
public enum ServerKind {
    SERVICE("this service"),
    NODE("Node.js socket.io 4.8.4"),
    NETTY("netty-socketio 2.0.14");

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Its name in options and in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if nobody has that name */
    public static ServerKind of(String key) {
        for (ServerKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no server \"" + key + "\": choose from service, node, netty");
    }
}
