package app.realtime.socketio.adapter;

import java.util.Collection;
import java.util.Set;

/**
 * Who gets a broadcast: everyone in at least one of the rooms, or everyone if no room is named, but nobody who is in one
 * of the excepted rooms. The id of a socket is a room with that socket in it.
 */
public record Selection(Set<String> rooms, Set<String> except) {

    public Selection {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    public static Selection everyone() {
        return new Selection(Set.of(), Set.of());
    }

    public static Selection inAnyOf(Collection<String> rooms) {
        return new Selection(Set.copyOf(rooms), Set.of());
    }
}
