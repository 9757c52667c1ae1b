package app.realtime.rooms;

/** A room and how many connections are in it. */
public record RoomCount(RoomName name, int connections) {}
