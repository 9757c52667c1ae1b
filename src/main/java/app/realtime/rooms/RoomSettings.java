package app.realtime.rooms;

/**
 * Immutable.
 *
 * @param maxRoomsPerConnection the most rooms that one connection may be in, the initial ones included
 * @param types the types of rooms that there are
 */
public record RoomSettings(int maxRoomsPerConnection, RoomTypes types) {}
