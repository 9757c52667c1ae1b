package app.realtime.rooms;

import java.util.regex.Pattern;

/**
 * The name of a room: {@code global}, or a type and an id such as {@code survey:123}.
 *
 * @param type what the room is about
 * @param id which one: 1 to 128 of {@code A-Z a-z 0-9 . _ ~ -}; empty for {@link RoomType#GLOBAL} alone
 */
public record RoomName(RoomType type, String id) {

    /** The room that every connection is in. */
    public static final RoomName GLOBAL = new RoomName(RoomType.GLOBAL, "");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    /** @throws IllegalArgumentException if the id does not fit the type */
    public RoomName {
        if (type == RoomType.GLOBAL ? !id.isEmpty() : !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not an id of a room of type " + type.prefix());
        }
    }

    public static RoomName survey(String id) {
        return new RoomName(RoomType.SURVEY, id);
    }

    public static RoomName project(String id) {
        return new RoomName(RoomType.PROJECT, id);
    }

    public static RoomName user(String id) {
        return new RoomName(RoomType.USER, id);
    }

    /** Whether {@code id} may stand behind the colon of a room's name. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The name as clients write it. */
    @Override
    public String toString() {
        return type == RoomType.GLOBAL ? type.prefix() : type.prefix() + ':' + id;
    }
}
