package app.realtime.events;

import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomName;
import app.realtime.socketio.protocol.EventNames;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event with a name and data of the caller's choice, to one room.
 *
 * @param room where it goes
 * @param name 1 to 128 characters without control characters, and not one that Socket.IO keeps for itself
 * @param data any JSON value; an empty object when the caller gave none
 */
public record CustomEvent(RoomName room, String name, JsonNode data) implements PushEvent {

    private static final int MAX_NAME = 128;

    /** Reads {@code {room, event, data}}. @throws InvalidEventException if a field is missing or malformed */
    public static CustomEvent toRoom(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        Optional<RoomName> room = RoomName.parse(fields.requiredText("room"));
        if (room.isEmpty() && fields.any("room").filter(JsonNode::isString).isPresent()) {
            fields.problem("room", "must be global, survey:{id}, project:{id} or user:{id}");
        }
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(room.orElseThrow(), name, data(fields));
    }

    /** Reads {@code {userId, event, data}}. @throws InvalidEventException if a field is missing or malformed */
    public static CustomEvent toUser(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String userId = fields.requiredRoomId("userId");
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(RoomName.user(userId), name, data(fields));
    }

    /** Reads {@code {event, data}}, for everybody. @throws InvalidEventException if the name is missing or malformed */
    public static CustomEvent toEverybody(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String name = eventName(fields);
        fields.check();
        return new CustomEvent(RoomName.GLOBAL, name, data(fields));
    }

    @Override
    public Set<RoomName> rooms() {
        return Set.of(room);
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
            if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
                fields.problem("event", "must be 1 to " + MAX_NAME + " characters without control characters");
            } else if (EventNames.isReserved(name)) {
                fields.problem("event", "is a name that Socket.IO keeps for itself; choose another");
            }
        }
        return name;
    }

    private static JsonNode data(Fields fields) {
        return fields.any("data").orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
