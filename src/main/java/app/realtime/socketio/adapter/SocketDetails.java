package app.realtime.socketio.adapter;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What can be known of a socket on any instance, at one moment.
 *
 * @param id its public id
 * @param rooms the rooms that it has joined
 * @param handshake how it was connected, as JSON and without credentials
 * @param data what the application has shared of it, as a JSON object
 */
public record SocketDetails(String id, Set<String> rooms, JsonNode handshake, JsonNode data) {

    public SocketDetails {
        rooms = Set.copyOf(rooms);
    }
}
