package app.realtime.engineio.protocol;

import java.util.Optional;

/** The revisions of the Engine.IO protocol that are spoken here. */
public enum Revision {
    /** Of Engine.IO 3, which Socket.IO 2 clients use: the client pings, and payloads tell their lengths. */
    V3("3"),
    /** Of Engine.IO 4 and later: the server pings, and separators stand between a payload's packets. */
    V4("4");

    private final String wireName;

    Revision(String wireName) {
        this.wireName = wireName;
    }

    /** @param wireName the {@code EIO} parameter of a handshake */
    public static Optional<Revision> ofWireName(String wireName) {
        for (Revision revision : values()) {
            if (revision.wireName.equals(wireName)) {
                return Optional.of(revision);
            }
        }
        return Optional.empty();
    }
}
