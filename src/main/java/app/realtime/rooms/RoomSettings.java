package app.realtime.rooms;

/** @param maxRoomsPerConnection the most rooms that one connection may be in, the initial ones included */
public record RoomSettings(int maxRoomsPerConnection) {}
