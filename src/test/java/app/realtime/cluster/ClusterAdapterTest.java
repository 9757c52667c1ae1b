package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter in the words of the reference's {@code createAdapter}. */
class ClusterAdapterTest extends ClusterAdapterContract {

    @Override
    ClusterAdapter open(String namespace, Bus between) {
        return ClusterAdapter.classic(namespace, between, timer, (recipients, took) -> {})
                .open();
    }

    @Override
    void addSilentInstance(MemoryBus bus) {
        bus.subscribe("socket.io-request#/#", (channel, message) -> {});
    }

    @Test
    void theChannelNamesASingleRoom() {
        here.broadcast(EVENT, Selection.inAnyOf(List.of("a")), Delivery.DEFAULT);
        here.broadcast(EVENT, Selection.inAnyOf(List.of("a", "b")), Delivery.DEFAULT);
        assertThat(bus.published().stream().map(MemoryBus.Published::channel))
                .containsExactly("socket.io#/#a#", "socket.io#/#");
    }

    @Test
    void answersQuestionsThatOnlyTheReferenceAsks() {
        there.join(theirs, "a");
        assertThat(ask(Map.of("type", 0, "rooms", List.of("a"))).path("sockets").toString())
                .isEqualTo("[\"" + THEIRS + "\"]");
        assertThat(ask(Map.of("type", 1)).path("rooms").toString()).isEqualTo("[\"a\"]");
        assertThat(ask(Map.of("type", 2, "sid", THEIRS, "room", "one")).has("requestId"))
                .isTrue();
        assertThat(there.roomsOf(THEIRS)).contains("one");
        ask(Map.of("type", 3, "sid", THEIRS, "room", "one"));
        assertThat(there.roomsOf(THEIRS)).doesNotContain("one");
        ask(Map.of("type", 4, "sid", THEIRS, "close", true));
        assertThat(theirs.disconnects()).containsExactly(true);
    }

    /** Asks as a server on Node.js would; what the last answer to it was. */
    private JsonNode ask(Map<String, Object> request) {
        Map<String, Object> whole = new HashMap<>(request);
        whole.put("uid", "node01");
        whole.put("requestId", "r1");
        bus.publish("socket.io-request#/#", new JsonMapper().writeValueAsBytes(whole));
        return bus.published().stream()
                .filter(message -> message.channel().equals("socket.io-response#/#node01#"))
                .reduce((first, second) -> second)
                .map(message -> new JsonMapper().readTree(message.message()))
                .orElseThrow();
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        for (String text :
                List.of("", "{", "{}", "{\"type\":4}", "{\"type\":2,\"rooms\":[\"x\"]}", "{\"type\":99}", "\u0001")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            List.of("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#")
                    .forEach(channel -> bus.publish(channel, bytes));
        }
        assertThat(theirs.disconnects()).isEmpty();
        assertThat(there.roomsOf("theirs")).isEmpty();
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        assertThat(theirs.count()).isEqualTo(1);
    }
}
