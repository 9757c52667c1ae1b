package app.realtime.socketio.adapter;

import java.util.Collection;
import java.util.Set;

/**
 * Which sockets are meant: everyone in at least one of the rooms, or everyone if no room is named, but nobody who is in
 * one of the excepted rooms. The id of a socket is a room with that socket in it.
 *
 * @param local whether only sockets of this instance are meant
 */
public record Selection(Set<String> rooms, Set<String> except, boolean local) {

    private static final Selection EVERYONE = new Selection(Set.of(), Set.of(), false);

    public Selection {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    public Selection(Set<String> rooms, Set<String> except) {
        this(rooms, except, false);
    }

    public static Selection everyone() {
        return EVERYONE;
    }

    public static Selection inAnyOf(Collection<String> rooms) {
        return new Selection(Set.copyOf(rooms), Set.of(), false);
    }
}
