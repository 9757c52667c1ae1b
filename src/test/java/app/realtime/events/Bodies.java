package app.realtime.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.realtime.json.JsonReader;
import app.realtime.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Bodies for the tests of events, written with ' for ". */
final class Bodies {

    static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");

    private Bodies() {}

    static JsonNode json(String text) {
        try {
            return new JsonReader().read(text.replace('\'', '"').getBytes(UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static List<String> rooms(PushEvent event) {
        return event.rooms().stream().map(Object::toString).toList();
    }

    static List<String> problems(Factory factory, String text) {
        try {
            return Stream.of(factory.from(json(text)))
                    .map(event -> "none: " + event)
                    .toList();
        } catch (InvalidEventException e) {
            return e.problems().stream().map(FieldProblem::toString).toList();
        }
    }

    /** What makes an event of a body. */
    interface Factory {
        PushEvent from(JsonNode body) throws InvalidEventException;
    }
}
