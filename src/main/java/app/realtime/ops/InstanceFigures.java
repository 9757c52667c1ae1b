package app.realtime.ops;

import app.realtime.api.ConnectionCounts;
import app.realtime.api.EventCounts;
import app.realtime.rooms.RoomStatistics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one instance says of itself to the others.
 *
 * @param users short hashes of the ids of those who are connected: enough to count them once
 * @param rooms the connections in each
 */
record InstanceFigures(
        ConnectionCounts connections,
        Set<String> users,
        Map<String, Integer> rooms,
        EventCounts events,
        Duration uptime) {

    /** With a million users, two have the same by a chance of one in a billion. */
    private static final int HASH_BYTES = 9;

    static InstanceFigures of(RoomStatistics statistics, EventCounts events, Duration uptime) {
        Map<String, Integer> rooms = new LinkedHashMap<>();
        statistics.rooms().forEach(room -> rooms.put(room.name().toString(), room.connections()));
        return new InstanceFigures(
                new ConnectionCounts(statistics.authenticated(), statistics.anonymous()),
                statistics.users().stream().map(InstanceFigures::hash).collect(Collectors.toSet()),
                rooms,
                events,
                uptime);
    }

    private static String hash(String user) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    JsonNode write() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("authenticated", connections.authenticated())
                .put("anonymous", connections.anonymous())
                .put("published", events.published())
                .put("delivered", events.delivered())
                .put("received", events.received())
                .put("uptime", uptime.toSeconds());
        users.forEach(node.putArray("users")::add);
        rooms.forEach(node.putObject("rooms")::put);
        return node;
    }

    /** What is missing counts as nothing. */
    static InstanceFigures read(JsonNode node) {
        Set<String> users = new TreeSet<>();
        node.path("users").forEach(user -> users.add(user.asString("")));
        Map<String, Integer> rooms = new HashMap<>();
        node.path("rooms")
                .properties()
                .forEach(room -> rooms.put(room.getKey(), room.getValue().asInt(0)));
        return new InstanceFigures(
                new ConnectionCounts(
                        node.path("authenticated").asInt(0),
                        node.path("anonymous").asInt(0)),
                users,
                rooms,
                new EventCounts(
                        node.path("published").asLong(0),
                        node.path("delivered").asLong(0),
                        node.path("received").asLong(0)),
                Duration.ofSeconds(node.path("uptime").asLong(0)));
    }
}
