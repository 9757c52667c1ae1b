package app.realtime.events;

import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomName;
import app.realtime.rooms.RoomTypes;
import app.realtime.socketio.protocol.EventNames;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event with a name and data of somebody's choice.
 *
 * @param rooms where it goes: at least one
 * @param name one that {@link #problemOfName} has nothing against
 * @param data any JSON value; an empty object when the caller gave none
 */
public record CustomEvent(Set<RoomName> rooms, String name, JsonNode data) implements PushEvent {

    private static final int MAX_NAME = 128;

    /**
     * Reads {@code {room, event, data}}.
     *
     * @param types the rooms that there may be
     * @throws InvalidEventException if a field is missing or malformed
     */
    public static CustomEvent toRoom(JsonNode body, RoomTypes types) throws InvalidEventException {
        Fields fields = new Fields(body);
        Optional<RoomName> room = types.parse(fields.requiredText("room"));
        if (room.isEmpty() && fields.any("room").filter(JsonNode::isString).isPresent()) {
            fields.problem("room", "must be " + types.describe());
        }
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(Set.of(room.orElseThrow()), name, data(fields));
    }

    /** Reads {@code {userId, event, data}}. @throws InvalidEventException if a field is missing or malformed */
    public static CustomEvent toUser(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String userId = fields.requiredRoomId("userId");
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(Set.of(RoomName.user(userId)), name, data(fields));
    }

    /** Reads {@code {event, data}}, for everybody. @throws InvalidEventException if the name is missing or malformed */
    public static CustomEvent toEverybody(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(Set.of(RoomName.GLOBAL), name, data(fields));
    }

    /** What is wrong with the name of an event, to be read after the field's name; quotes no input. */
    public static Optional<String> problemOfName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("must be 1 to " + MAX_NAME + " characters without control characters");
        }
        return EventNames.isReserved(name)
                ? Optional.of("is a name that Socket.IO keeps for itself; choose another")
                : Optional.empty();
    }

    /** The one room of an event that has just one. */
    public RoomName room() {
        return rooms.iterator().next();
    }

    /** The data, with {@code timestamp} added where it is an object without one. */
    @Override
    public JsonNode payload(Instant serverTime) {
        if (data.isObject() && data.path("timestamp").isMissingNode()) {
            ObjectNode stamped = JsonNodeFactory.instance.objectNode();
            data.properties().forEach(member -> stamped.set(member.getKey(), member.getValue()));
            return stamped.put("timestamp", Timestamps.format(serverTime));
        }
        return data;
    }

    private static String eventName(Fields fields) {
        String name = fields.requiredText("event");
        if (fields.any("event").filter(JsonNode::isString).isPresent()) {
            problemOfName(name).ifPresent(problem -> fields.problem("event", problem));
        }
        return name;
    }

    private static JsonNode data(Fields fields) {
        return fields.any("data").orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
