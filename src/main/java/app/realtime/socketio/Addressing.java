package app.realtime.socketio;

import java.util.Collection;
import java.util.List;

/** Whatever broadcasts begin from. */
public interface Addressing {

    /** To everyone there; from a socket, to everyone but itself. */
    Broadcast broadcast();

    /** To those in at least one of the rooms; the id of a socket is a room with that socket in it. */
    default Broadcast to(String... rooms) {
        return to(List.of(rooms));
    }

    /** To those in at least one of the rooms. */
    default Broadcast to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to(String...)}; reads better before {@code fetchSockets} and the like. */
    default Broadcast in(String... rooms) {
        return to(List.of(rooms));
    }

    /** Not to those in one of the rooms. */
    default Broadcast except(String... rooms) {
        return broadcast().except(List.of(rooms));
    }

    /** To sockets of this instance alone. */
    default Broadcast local() {
        return broadcast().local();
    }
}
