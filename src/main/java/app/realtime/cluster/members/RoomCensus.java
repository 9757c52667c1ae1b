package app.realtime.cluster.members;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many sockets are in a room on other instances. However many ask, there is one question under way at a
 * time, and the next one is about all rooms that were asked for meanwhile.
 *
 * <p>Thread-safe: what waits is guarded by this object's lock.
 */
public final class RoomCensus {

    private static final String TOPIC = "rooms";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Asker(Set<String> rooms, CompletableFuture<Map<String, Integer>> answer) {}

    private final Members members;
    private List<Asker> waiting = new ArrayList<>();
    private boolean asking;

    /** @param here how many are in a room on this instance, for others who ask */
    public RoomCensus(Members members, ToIntFunction<String> here) {
        this.members = members;
        members.onQuestion(TOPIC, rooms -> {
            ObjectNode sizes = JSON.objectNode();
            rooms.forEach(room -> sizes.put(room.asString(""), here.applyAsInt(room.asString(""))));
            return sizes;
        });
    }

    /** The sockets of other instances in each of these rooms. Never fails: who does not answer is not counted. */
    public CompletionStage<Map<String, Integer>> elsewhere(Set<String> rooms) {
        Asker asker = new Asker(rooms, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(asker);
            if (asking) {
                return asker.answer();
            }
            asking = true;
        }
        askNext();
        return asker.answer();
    }

    private void askNext() {
        List<Asker> askers;
        synchronized (this) {
            askers = waiting;
            waiting = new ArrayList<>();
            asking = !askers.isEmpty();
            if (!asking) {
                return;
            }
        }
        Set<String> rooms = new HashSet<>();
        askers.forEach(asker -> rooms.addAll(asker.rooms()));
        ArrayNode question = JSON.arrayNode(rooms.size());
        rooms.forEach(question::add);
        members.ask(TOPIC, question).thenAccept(answers -> {
            Map<String, Integer> sums = sum(answers);
            askers.forEach(asker -> asker.answer().complete(sums));
            askNext();
        });
    }

    private static Map<String, Integer> sum(Collection<MemberAnswer> answers) {
        Map<String, Integer> sums = new HashMap<>();
        for (MemberAnswer answer : answers) {
            for (Map.Entry<String, JsonNode> room : answer.value().properties()) {
                sums.merge(room.getKey(), room.getValue().asInt(0), Integer::sum);
            }
        }
        return sums;
    }
}
