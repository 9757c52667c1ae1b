package app.realtime.rooms;

import java.util.Locale;
import java.util.Optional;

/** What a room is about. */
public enum RoomType {
    GLOBAL,
    SURVEY,
    PROJECT,
    USER;

    private final String prefix = name().toLowerCase(Locale.ROOT);

    /** The part of a room's name before the colon. */
    public String prefix() {
        return prefix;
    }

    static Optional<RoomType> ofPrefix(String prefix) {
        for (RoomType type : values()) {
            if (type.prefix.equals(prefix)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
