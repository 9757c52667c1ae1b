package app.realtime.kafka.route;

import app.realtime.events.FieldProblem;
import app.realtime.rooms.RoomName;
import app.realtime.rooms.RoomType;
import app.realtime.rooms.RoomTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A room's name with placeholders: {@code order:{/customer/id}}, {@code tenant:{header:tenant}-{key}}, {@code global}.
 * A question mark at a placeholder's end ({@code project:{/projectId?}}) says that there is no such room for a record
 * without it. Immutable.
 */
final class RoomTemplate {

    private static final String NO_PLACEHOLDER =
            "has the placeholder {%s}; expected {key}, {header:name} or a JSON pointer such as {/customer/id}";

    /** Either a text or a placeholder. */
    private sealed interface Part {
        record Text(String text) implements Part {}

        record Place(Placeholder placeholder, boolean optional, String written) implements Part {}
    }

    /** A template that is none; the message is to be read after what it is the template of. */
    static final class MalformedTemplateException extends Exception {

        MalformedTemplateException(String message) {
            super(message);
        }
    }

    private final RoomType type;
    private final List<Part> id;

    private RoomTemplate(RoomType type, List<Part> id) {
        this.type = type;
        this.id = List.copyOf(id);
    }

    static RoomTemplate parse(String text, RoomTypes types) throws MalformedTemplateException {
        if (text.equals(RoomType.GLOBAL.prefix())) {
            return new RoomTemplate(RoomType.GLOBAL, List.of());
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf('{') >= 0 && text.indexOf('{') < colon) {
            throw new MalformedTemplateException("is not a room; expected global or type:id, such as order:{/id}");
        }
        String prefix = text.substring(0, colon);
        RoomType type = types.named(prefix)
                .filter(found -> found != RoomType.GLOBAL)
                .orElseThrow(() -> new MalformedTemplateException(
                        "has the room type \"" + prefix + "\", which is not declared under roomTypes"));
        return new RoomTemplate(type, parts(text.substring(colon + 1)));
    }

    private static List<Part> parts(String text) throws MalformedTemplateException {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            if (!literal.isEmpty() && !RoomName.isId(literal)) {
                throw new MalformedTemplateException("has characters that no room's id has; allowed are A-Z a-z 0-9"
                        + " . _ ~ - and placeholders in braces");
            }
            if (!literal.isEmpty()) {
                parts.add(new Part.Text(literal));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new MalformedTemplateException("has a brace that is not closed");
            }
            parts.add(place(text.substring(open + 1, close)));
            at = close + 1;
        }
        if (parts.isEmpty()) {
            throw new MalformedTemplateException("has no id behind the colon");
        }
        return parts;
    }

    private static Part place(String written) throws MalformedTemplateException {
        boolean optional = written.endsWith("?");
        String name = optional ? written.substring(0, written.length() - 1) : written;
        Placeholder placeholder = Placeholder.parse(name)
                .orElseThrow(() -> new MalformedTemplateException(NO_PLACEHOLDER.formatted(written)));
        return new Part.Place(placeholder, optional, name);
    }

    /**
     * The room of this record; empty if a part that need not be there is not, or if there was a problem.
     *
     * @param problems is told why there is no room where there should be one
     */
    Optional<RoomName> room(RecordContent content, Consumer<FieldProblem> problems) {
        if (type == RoomType.GLOBAL) {
            return Optional.of(RoomName.GLOBAL);
        }
        StringBuilder name = new StringBuilder();
        for (Part part : id) {
            if (part instanceof Part.Text text) {
                name.append(text.text());
                continue;
            }
            Part.Place place = (Part.Place) part;
            Optional<String> value = place.placeholder().in(content);
            if (value.isEmpty() && place.optional()) {
                return Optional.empty();
            }
            if (value.isEmpty() || !RoomName.isId(value.get())) {
                problems.accept(new FieldProblem(
                        place.written(), "must be 1 to 128 of A-Z a-z 0-9 . _ ~ -: it names the room"));
                return Optional.empty();
            }
            name.append(value.get());
        }
        if (!RoomName.isId(name.toString())) {
            problems.accept(new FieldProblem("$", "makes the name of a room longer than 128 characters"));
            return Optional.empty();
        }
        return Optional.of(new RoomName(type, name.toString()));
    }
}
