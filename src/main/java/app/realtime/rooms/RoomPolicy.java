package app.realtime.rooms;

import app.realtime.identity.Identity;
import app.realtime.rooms.RoomType.Access;
import java.util.List;

/** Who may be in which room. Stateless. */
final class RoomPolicy {

    private RoomPolicy() {}

    /** The rooms of a new connection. A user whose id cannot be part of a room's name has no room of their own. */
    static List<RoomName> initialRooms(Identity identity) {
        return identity.isAnonymous() || !RoomName.isId(identity.userId())
                ? List.of(RoomName.GLOBAL)
                : List.of(RoomName.GLOBAL, RoomName.user(identity.userId()));
    }

    static boolean mayJoin(Identity identity, RoomName room) {
        if (initialRooms(identity).contains(room)) {
            return true;
        }
        if (!(identity instanceof Identity.User user)) {
            return false;
        }
        boolean admin = user.hasRole(Identity.ADMIN);
        if (room.type().access() == Access.OWNER && !admin) {
            // One's own is among the initial rooms.
            return false;
        }
        return user.rooms()
                .map(listed -> lists(listed, room))
                .orElse(room.type().access() != Access.LISTED || admin);
    }

    /** Whether a token's list of rooms, given as names and as patterns such as {@code survey:*}, has the room in it. */
    private static boolean lists(List<String> listed, RoomName room) {
        return listed.contains(room.toString()) || listed.contains(room.type().prefix() + ":*");
    }
}
