package app.realtime.socketio.adapter;

/**
 * Is told when a room gets its first local member and when it loses its last one, in that order for each room: both are
 * called while the room is locked, so they return at once and ask the adapter nothing.
 */
public interface RoomListener {

    /** Hears nothing. */
    RoomListener NONE = new RoomListener() {};

    default void roomOpened(String room) {}

    default void roomEmptied(String room) {}
}
