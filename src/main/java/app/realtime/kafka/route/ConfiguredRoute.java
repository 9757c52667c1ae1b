package app.realtime.kafka.route;

import app.realtime.events.CustomEvent;
import app.realtime.events.FieldProblem;
import app.realtime.events.InvalidEventException;
import app.realtime.rooms.RoomName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes events as a route of the configuration says. Immutable.
 *
 * @param rooms at least one
 */
record ConfiguredRoute(String event, List<RoomTemplate> rooms, Optional<RecordSchema> schema) implements Route.Reader {

    ConfiguredRoute {
        rooms = List.copyOf(rooms);
    }

    @Override
    public CustomEvent read(RecordContent content) throws InvalidEventException {
        if (schema.isPresent()) {
            schema.get().check(content.value());
        }
        List<FieldProblem> problems = new ArrayList<>();
        Set<RoomName> found = new LinkedHashSet<>();
        for (RoomTemplate template : rooms) {
            template.room(content, problems::add).ifPresent(found::add);
        }
        if (problems.isEmpty() && found.isEmpty()) {
            problems.add(new FieldProblem("$", "has none of the parts that rooms are made of"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidEventException(problems);
        }
        return new CustomEvent(found, event, content.value());
    }
}
