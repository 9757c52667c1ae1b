package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The union of an event's rooms, in the order of the calls. For one thread. */
final class Rooms {

    private final Set<RoomName> names = new LinkedHashSet<>();

    Rooms survey(Optional<String> id) {
        id.map(RoomName::survey).ifPresent(names::add);
        return this;
    }

    Rooms project(Optional<String> id) {
        id.map(RoomName::project).ifPresent(names::add);
        return this;
    }

    Rooms user(String id) {
        names.add(RoomName.user(id));
        return this;
    }

    Set<RoomName> union() {
        return Collections.unmodifiableSet(names);
    }
}
