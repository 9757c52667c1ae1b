package app.realtime.rooms;

import java.util.List;

/**
 * Who is connected to this instance, and where, at one moment.
 *
 * @param uniqueUsers how many users have at least one authenticated connection
 * @param rooms every room with a member, the fullest first
 */
public record RoomStatistics(int authenticated, int anonymous, int uniqueUsers, List<RoomCount> rooms) {

    public RoomStatistics {
        rooms = List.copyOf(rooms);
    }
}
