package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.TestCollector;
import app.realtime.socketio.adapter.TestRecipient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The adapter in the words of the reference's {@code createShardedAdapter}. */
class ShardedAdapterTest extends ClusterAdapterContract {

    @Override
    ClusterAdapter open(String namespace, Bus between) {
        return ClusterAdapter.sharded(namespace, between, timer, (recipients, took) -> {})
                .open();
    }

    @Override
    void addSilentInstance(MemoryBus bus) {
        bus.sharded().subscribe("socket.io#/#", (channel, message) -> {});
    }

    private List<String> roomsListenedTo() {
        return othersBus.shardChannels().stream()
                .filter(channel -> channel.matches("socket\\.io#/#.+#"))
                .map(channel -> channel.substring("socket.io#/#".length(), channel.length() - 1))
                .filter(name -> name.length() < 30)
                .sorted()
                .toList();
    }

    @Test
    void listensToARoomWhileSomebodyIsInIt() {
        TestRecipient another = new TestRecipient("another-890123456789");
        there.add(another);
        there.join(theirs, "a");
        there.join(theirs, "b");
        there.join(another, "a");
        there.join(another, THEIRS);
        assertThat(roomsListenedTo()).as("not to a socket's own").containsExactly("a", "b");
        there.remove(theirs);
        assertThat(roomsListenedTo()).containsExactly("a");
        there.leave(another, "a");
        assertThat(roomsListenedTo()).isEmpty();
    }

    @Test
    void onlyWhatIsForASingleRoomGoesByTheRoomsChannel() {
        Selection room = Selection.inAnyOf(List.of("a"));
        there.join(theirs, "a");
        here.broadcast(EVENT, room, Delivery.DEFAULT);
        here.broadcast(EVENT, Selection.inAnyOf(List.of("a", "b")), Delivery.DEFAULT);
        here.broadcast(EVENT, Selection.inAnyOf(List.of(THEIRS)), Delivery.DEFAULT);
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        here.request(EVENT, room, Delivery.DEFAULT, new TestCollector());
        here.joinAll(room, Set.of("c"));
        assertThat(bus.published().stream()
                        .filter(message -> !message.channel().matches(".*[0-9a-f]{12}#"))
                        .map(MemoryBus.Published::channel))
                .containsExactly(
                        "socket.io#/#a#",
                        "socket.io#/#",
                        "socket.io#/#",
                        "socket.io#/#",
                        "socket.io#/#",
                        "socket.io#/#");
        assertThat(bus.published()).allMatch(MemoryBus.Published::sharded);
        assertThat(theirs.count()).isEqualTo(5);
    }

    @Test
    void whatHoldsBytesIsMessagePackAndAllElseIsJson() {
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        here.joinAll(Selection.everyone(), Set.of("c"));
        assertThat(bus.published().get(0).message()[0]).isNotEqualTo((byte) '{');
        assertThat(bus.published().get(1).message()[0]).isEqualTo((byte) '{');
    }

    @Test
    void aRoomThatEmptiesAndFillsAtOnceIsHeard() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> rounds = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestRecipient flapping = new TestRecipient("flapping-" + i);
                there.add(flapping);
                rounds.add(workers.submit(() -> {
                    for (int round = 0; round < 5_000; round++) {
                        there.join(flapping, "a");
                        there.leave(flapping, "a");
                    }
                    there.join(flapping, "a");
                }));
            }
            for (Future<?> round : rounds) {
                round.get(30, TimeUnit.SECONDS);
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(roomsListenedTo()).containsExactly("a");
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        for (String text : List.of(
                "",
                "{",
                "{}",
                "{\"type\":6,\"uid\":\"x\",\"nsp\":\"/\"}",
                "{\"type\":6,\"uid\":\"x\",\"nsp\":\"/\",\"data\":{\"close\":true}}",
                "{\"type\":4,\"uid\":\"x\",\"nsp\":\"/\",\"data\":{\"rooms\":[\"x\"]}}",
                "{\"type\":6,\"uid\":\"x\",\"nsp\":\"/other\",\"data\":{\"opts\":{},\"close\":true}}",
                "{\"type\":99,\"uid\":\"x\",\"nsp\":\"/\",\"data\":{}}",
                "{\"type\":12,\"uid\":\"x\",\"nsp\":\"/\"}",
                "\u0001")) {
            bus.sharded().publish("socket.io#/#", text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(theirs.disconnects()).isEmpty();
        assertThat(there.roomsOf(THEIRS)).isEmpty();
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        assertThat(theirs.count()).isEqualTo(1);
    }
}
