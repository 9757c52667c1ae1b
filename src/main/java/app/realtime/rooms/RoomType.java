package app.realtime.rooms;

import java.util.regex.Pattern;

/**
 * What a room is about.
 *
 * @param prefix the part of a room's name before the colon: 1 to 32 of {@code a-z 0-9 _ -}, a letter first
 * @param access who may be in such a room
 */
public record RoomType(String prefix, Access access) {

    /** Who may be in the rooms of a type. A token's claim {@code rooms}, where it has one, is always the whole list. */
    public enum Access {
        /** Every connection, and for as long as it lasts. */
        EVERYBODY,
        /** Every connection with a verified token. */
        AUTHENTICATED,
        /** The user whose id the room has, and admins. */
        OWNER,
        /** Those whose token lists the room or its type, and admins. */
        LISTED
    }

    // Before the types, which are checked against it.
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    public static final RoomType GLOBAL = new RoomType("global", Access.EVERYBODY);
    public static final RoomType SURVEY = new RoomType("survey", Access.AUTHENTICATED);
    public static final RoomType PROJECT = new RoomType("project", Access.AUTHENTICATED);
    public static final RoomType USER = new RoomType("user", Access.OWNER);

    /** @throws IllegalArgumentException if the prefix is not one */
    public RoomType {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("Not a room type: expected 1 to 32 of a-z 0-9 _ -, a letter first");
        }
    }

    /** Whether a room's type may be called that. */
    public static boolean isPrefix(String prefix) {
        return PREFIX.matcher(prefix).matches();
    }
}
