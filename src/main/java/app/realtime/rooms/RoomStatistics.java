package app.realtime.rooms;

import java.util.List;
import java.util.Set;

/**
 * Who is connected to this instance, and where, at one moment.
 *
 * @param users the ids of those with at least one authenticated connection
 * @param rooms every room with a member, the fullest first
 */
public record RoomStatistics(int authenticated, int anonymous, Set<String> users, List<RoomCount> rooms) {

    public RoomStatistics {
        users = Set.copyOf(users);
        rooms = List.copyOf(rooms);
    }
}
