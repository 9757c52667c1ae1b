package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the fields of one body and collects what is wrong with them; {@code null} counts as absent, unknown fields are
 * ignored. After {@link #check()} has returned, every value read before it is good. For one thread.
 */
final class Fields {

    static final String NOT_AN_ID = "must be 1 to 128 of A-Z a-z 0-9 . _ ~ -, or a whole number";

    private final JsonNode body;
    private final List<FieldProblem> problems = new ArrayList<>();

    /** @throws InvalidEventException if the body is not an object, so that it has no fields at all */
    Fields(JsonNode body) throws InvalidEventException {
        if (!body.isObject()) {
            throw new InvalidEventException(List.of(new FieldProblem("$", "must be a JSON object")));
        }
        this.body = body;
    }

    void problem(String path, String problem) {
        problems.add(new FieldProblem(path, problem));
    }

    /** @throws InvalidEventException if there were problems */
    void check() throws InvalidEventException {
        if (!problems.isEmpty()) {
            throw new InvalidEventException(problems);
        }
    }

    /** Whatever stands at a path of names with dots between. */
    Optional<JsonNode> any(String path) {
        JsonNode node = body;
        for (String name : path.split("\\.")) {
            node = node.isObject() ? node.path(name) : MissingNode.getInstance();
        }
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    Optional<JsonNode> object(String path) {
        return any(path).filter(node -> holds(path, node.isObject(), "must be an object"));
    }

    Optional<String> text(String path) {
        return any(path)
                .filter(node -> holds(path, node.isString(), "must be a string"))
                .map(JsonNode::asString);
    }

    String requiredText(String path) {
        return any(path).isEmpty() ? missing(path) : text(path).orElse("");
    }

    /** An id that names a room; a whole number is taken as its decimal text. */
    Optional<String> roomId(String path) {
        return any(path)
                .filter(node -> holds(path, isTextOrWhole(node) && RoomName.isId(node.asString()), NOT_AN_ID))
                .map(JsonNode::asString);
    }

    String requiredRoomId(String path) {
        return any(path).isEmpty() ? missing(path) : roomId(path).orElse("");
    }

    /** An id that names no room, so that it may have any form but the empty one. */
    String requiredId(String path) {
        Optional<JsonNode> node = any(path);
        if (node.isEmpty()) {
            return missing(path);
        }
        return node.filter(id -> holds(
                        path,
                        isTextOrWhole(id) && !id.asString().isEmpty(),
                        "must be a string that is not empty, or a whole number"))
                .map(JsonNode::asString)
                .orElse("");
    }

    void requireNumber(String path, int from, int to) {
        Optional<JsonNode> node = any(path);
        if (node.isEmpty()) {
            missing(path);
        } else {
            holds(path, isWithin(node.get(), from, to), "must be a number from " + from + " to " + to);
        }
    }

    private static boolean isWithin(JsonNode node, int from, int to) {
        if (!node.isNumber() || (node.isFloatingPointNumber() && !Double.isFinite(node.asDouble(Double.NaN)))) {
            return false;
        }
        BigDecimal value = node.decimalValue();
        return value.compareTo(BigDecimal.valueOf(from)) >= 0 && value.compareTo(BigDecimal.valueOf(to)) <= 0;
    }

    private static boolean isTextOrWhole(JsonNode node) {
        return node.isString() || node.isIntegralNumber();
    }

    private String missing(String path) {
        problem(path, "is required");
        return "";
    }

    private boolean holds(String path, boolean holds, String otherwise) {
        if (!holds) {
            problem(path, otherwise);
        }
        return holds;
    }
}
