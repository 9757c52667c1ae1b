package app.realtime.connection;

import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomCount;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomName;
import app.realtime.rooms.RoomRefusedException;
import app.realtime.rooms.RoomRefusedException.Reason;
import app.realtime.rooms.RoomType;
import app.realtime.socketio.Acknowledgement;
import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketObserver;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a client may ask for: {@code join_room}, {@code leave_room}, {@code get_rooms} and {@code ping}. Stateless. */
final class RoomRequests {

    /** Joining or leaving a room. */
    @FunctionalInterface
    private interface RoomChange {
        RoomName apply(Socket socket, String room) throws RoomRefusedException;
    }

    private final RoomManager rooms;
    private final SocketObserver observer;
    private final Clock clock;

    RoomRequests(RoomManager rooms, SocketObserver observer, Clock clock) {
        this.rooms = rooms;
        this.observer = observer;
        this.clock = clock;
    }

    void serve(Socket socket) {
        socket.on("join_room", (args, ack) -> change(socket, args, ack, rooms::join, "room_joined"))
                .on("leave_room", (args, ack) -> change(socket, args, ack, rooms::leave, "room_left"))
                .on(
                        "get_rooms",
                        (args, ack) -> rooms.roomsOf(socket)
                                .thenAccept(counts -> answer(socket, ack, "rooms_list", list(counts))))
                .on("ping", (args, ack) -> answer(socket, ack, "pong", JsonNodeFactory.instance.objectNode()));
    }

    private void change(Socket socket, List<JsonNode> args, Acknowledgement ack, RoomChange change, String event) {
        Optional<String> asked = Optional.empty();
        try {
            JsonNode room = args.isEmpty()
                    ? JsonNodeFactory.instance.missingNode()
                    : args.get(0).path("room");
            if (room.isMissingNode() || room.isNull()) {
                throw new RoomRefusedException(Reason.NAME_MISSING);
            }
            asked = Optional.of(room.isString() ? room.stringValue() : room.toString());
            if (!room.isString()) {
                throw new RoomRefusedException(Reason.INVALID_NAME);
            }
            RoomName changed = change.apply(socket, asked.get());
            answer(socket, ack, event, JsonNodeFactory.instance.objectNode().put("room", changed.toString()));
        } catch (RoomRefusedException e) {
            Answers.error(socket, e.getMessage(), e.reason().code(), asked);
            Answers.refuse(ack, e.getMessage(), e.reason().code());
            observer.refused(e.reason().code());
        }
    }

    private void answer(Socket socket, Acknowledgement ack, String event, ObjectNode answer) {
        answer.put("timestamp", Timestamps.format(clock.instant()));
        socket.emit(event, answer);
        Answers.grant(ack, answer);
    }

    private static ObjectNode list(List<RoomCount> counts) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("rooms");
        for (RoomCount count : counts) {
            RoomName room = count.name();
            ObjectNode entry = list.addObject()
                    .put("name", room.toString())
                    .put("type", room.type().prefix());
            if (room.type() != RoomType.GLOBAL) {
                entry.put("id", room.id());
            }
            entry.put("connections", count.connections());
        }
        return answer;
    }
}
