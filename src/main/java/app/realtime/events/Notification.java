package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code notification}: a message of the system to one user or, without one, to everybody. It has a title or a message.
 *
 * @param notificationType {@code type} of the body
 * @param priority {@code normal} when absent
 * @param metadata an object, passed on as it came
 */
public record Notification(
        Optional<String> userId,
        Optional<String> notificationType,
        Optional<String> title,
        Optional<String> message,
        String priority,
        Optional<JsonNode> metadata)
        implements PushEvent {

    public static final String NAME = "notification";

    /** @throws InvalidEventException if it has neither title nor message or a field is malformed */
    public static Notification from(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        Optional<String> userId = fields.roomId("userId");
        Optional<String> type = fields.text("type");
        if (saysNothing(fields.any("title")) && saysNothing(fields.any("message"))) {
            fields.problem("title", "or message is required");
        }
        Optional<String> title = fields.text("title");
        Optional<String> message = fields.text("message");
        Optional<String> priority = fields.text("priority");
        Optional<JsonNode> metadata = fields.object("metadata");
        fields.check();
        return new Notification(userId, type, title, message, priority.orElse("normal"), metadata);
    }

    private static boolean saysNothing(Optional<JsonNode> text) {
        return text.filter(node -> !node.isString() || !node.asString().isBlank())
                .isEmpty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<RoomName> rooms() {
        return Set.of(userId.map(RoomName::user).orElse(RoomName.GLOBAL));
    }

    @Override
    public JsonNode payload(Instant serverTime) {
        return new Payload(NAME)
                .putText("notificationType", notificationType)
                .putText("title", title)
                .putText("message", message)
                .put("priority", priority)
                .putNode("metadata", metadata)
                .at(serverTime);
    }
}
