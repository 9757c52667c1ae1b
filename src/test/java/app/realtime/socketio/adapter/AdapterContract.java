package app.realtime.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

/** What every adapter does for the sockets of its own instance. */
@Timeout(60)
public abstract class AdapterContract {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Packet.Event PACKET =
            new Packet.Event("/", OptionalLong.empty(), "e", List.of(JsonNodeFactory.instance.numberNode(1)));

    private Adapter adapter;
    private final TestRecipient one = new TestRecipient("one");
    private final TestRecipient two = new TestRecipient("two");
    private final TestRecipient three = new TestRecipient("three");

    protected abstract Adapter newAdapter();

    @BeforeEach
    void begin() {
        adapter = newAdapter();
        List.of(one, two, three).forEach(adapter::add);
    }

    private int broadcast(Set<String> rooms, Set<String> except) {
        return adapter.broadcast(PACKET, new Selection(rooms, except), Delivery.DEFAULT);
    }

    private List<Integer> counts() {
        return List.of(one.count(), two.count(), three.count());
    }

    @Test
    void beginsWithNobodyInAnyRoom() {
        assertThat(adapter.roomSizes()).isEmpty();
        assertThat(adapter.roomsOf("one")).isEmpty();
        assertThat(adapter.recipients()).containsExactlyInAnyOrder(one, two, three);
    }

    @Test
    void tellsWhetherAJoinOrLeaveChangedAnything() {
        assertThat(adapter.join(one, "a")).isTrue();
        assertThat(adapter.join(one, "a")).isFalse();
        assertThat(adapter.leave(one, "a")).isTrue();
        assertThat(adapter.leave(one, "a")).isFalse();
        assertThat(adapter.leave(one, "never joined")).isFalse();
    }

    @Test
    void knowsRoomsBySocketAndSocketsByRoom() {
        adapter.join(one, "a");
        adapter.join(one, "b");
        adapter.join(two, "b");
        assertThat(adapter.roomsOf("one")).containsExactlyInAnyOrder("a", "b");
        assertThat(adapter.roomSizes()).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(adapter.size("b")).isEqualTo(2);
        assertThat(adapter.size("c")).isZero();
        assertThat(adapter.roomCount()).isEqualTo(2);
    }

    @Test
    void givesCopiesThatNobodyChanges() {
        adapter.join(one, "a");
        Set<String> rooms = adapter.roomsOf("one");
        Map<String, Integer> sizes = adapter.roomSizes();
        adapter.leave(one, "a");
        assertThat(rooms).containsExactly("a");
        assertThat(sizes).containsKey("a");
    }

    @Test
    void forgetsRoomsThatAreEmpty() {
        adapter.join(one, "a");
        adapter.join(two, "a");
        adapter.leave(one, "a");
        assertThat(adapter.roomSizes()).isEqualTo(Map.of("a", 1));
        adapter.remove(two);
        assertThat(adapter.roomSizes()).isEmpty();
        assertThat(broadcast(Set.of("a"), Set.of())).isZero();
    }

    @Test
    void takesASocketThatGoesOutOfEverything() {
        adapter.join(one, "a");
        adapter.join(one, "b");
        adapter.remove(one);
        adapter.remove(one);
        assertThat(adapter.roomSizes()).isEmpty();
        assertThat(adapter.roomsOf("one")).isEmpty();
        assertThat(adapter.recipients()).doesNotContain(one);
        assertThat(adapter.join(one, "a")).isFalse();
        assertThat(adapter.leave(one, "a")).isFalse();
        assertThat(adapter.roomSizes()).isEmpty();
        assertThat(broadcast(Set.of("one"), Set.of())).isZero();
    }

    @Test
    void deliversToEveryoneWhenNoRoomIsNamed() {
        adapter.join(one, "a");
        assertThat(broadcast(Set.of(), Set.of())).isEqualTo(3);
        assertThat(counts()).containsExactly(1, 1, 1);
    }

    @Test
    void deliversOnceToWhoIsInSeveralOfTheRooms() {
        adapter.join(one, "a");
        adapter.join(one, "b");
        adapter.join(two, "b");
        assertThat(broadcast(Set.of("a", "b", "nobody's"), Set.of())).isEqualTo(2);
        assertThat(counts()).containsExactly(1, 1, 0);
    }

    @Test
    void deliversToNobodyInAnExceptedRoom() {
        adapter.join(one, "a");
        adapter.join(two, "a");
        adapter.join(two, "quiet");
        assertThat(broadcast(Set.of("a"), Set.of("quiet"))).isEqualTo(1);
        assertThat(broadcast(Set.of(), Set.of("a"))).isEqualTo(1);
        assertThat(broadcast(Set.of("a"), Set.of("two", "one"))).isZero();
        assertThat(counts()).containsExactly(1, 0, 1);
    }

    @Test
    void takesTheIdOfASocketForARoomWithThatSocketInIt() {
        assertThat(broadcast(Set.of("two"), Set.of())).isEqualTo(1);
        assertThat(broadcast(Set.of("one", "two"), Set.of())).isEqualTo(2);
        assertThat(counts()).containsExactly(1, 2, 0);
        assertThat(adapter.roomSizes()).isEmpty();
    }

    @Test
    void keepsASocketInTheRoomOfItsIdWhenOthersJoinIt() {
        adapter.join(one, "two");
        assertThat(broadcast(Set.of("two"), Set.of())).isEqualTo(2);
        assertThat(broadcast(Set.of(), Set.of("two"))).isEqualTo(1);
        assertThat(counts()).containsExactly(1, 1, 1);
    }

    @Test
    void countsOnlyThoseWhoTookThePacket() {
        two.gone = true;
        assertThat(broadcast(Set.of(), Set.of())).isEqualTo(2);
        adapter.join(two, "a");
        assertThat(broadcast(Set.of("a"), Set.of())).isZero();
    }

    @Test
    void encodesAPacketOnceForAll() {
        broadcast(Set.of(), Set.of());
        assertThat(one.got.get(0)).isSameAs(two.got.get(0));
        assertThat(one.got.get(0).packets())
                .containsExactly(new app.realtime.engineio.protocol.Packet.Text("2[\"e\",1]"));
    }

    @Test
    void handsOnHowAPacketIsToBeSent() {
        Delivery delivery = new Delivery(false, true);
        adapter.broadcast(PACKET, new Selection(Set.of("one"), Set.of(), true), delivery);
        assertThat(one.got.get(0).delivery()).isEqualTo(delivery);
        assertThat(one.got.get(0).event()).isEqualTo(PACKET);
    }

    @Test
    void asksEverybodyForAnAnswerByOneId() {
        adapter.join(one, "a");
        adapter.join(one, "b");
        adapter.join(two, "b");
        three.gone = true;
        TestCollector answers = new TestCollector();
        adapter.request(PACKET, new Selection(Set.of("a", "b", "three"), Set.of()), Delivery.DEFAULT, answers);
        assertThat(answers.expected).hasValue(2);
        assertThat(one.got.get(0)).isSameAs(two.got.get(0));
        long ackId = one.got.get(0).event().ackId().orElseThrow();
        assertThat(one.got.get(0).packets())
                .containsExactly(new app.realtime.engineio.protocol.Packet.Text("2" + ackId + "[\"e\",1]"));
        two.asked.get(ackId).answered(List.of(JSON.stringNode("yes")));
        one.asked.get(ackId).gone();
        assertThat(answers.answers).containsExactly(List.of(JSON.stringNode("yes")));
        assertThat(answers.gone).hasValue(1);
    }

    @Test
    void forgetsThoseWhoseAnswersNobodyAwaits() {
        Runnable forget = adapter.request(PACKET, Selection.everyone(), Delivery.DEFAULT, new TestCollector());
        assertThat(one.asked).hasSize(1);
        forget.run();
        assertThat(one.asked).isEmpty();
        assertThat(two.asked).isEmpty();
    }

    @Test
    void expectsNothingWhenNobodyIsMeant() {
        TestCollector answers = new TestCollector();
        adapter.request(PACKET, new Selection(Set.of("nobody's"), Set.of()), Delivery.DEFAULT, answers);
        assertThat(answers.expected).hasValue(0);
    }

    @Test
    void givesEachAcknowledgementIdOnce() {
        assertThat(Stream.generate(adapter::nextAckId).limit(100).distinct()).hasSize(100);
    }

    @Test
    void findsSocketsWithTheirRoomsAndData() {
        adapter.join(one, "a");
        adapter.join(one, "b");
        adapter.join(two, "b");
        List<SocketDetails> found = adapter.fetch(new Selection(Set.of("b"), Set.of("two")))
                .toCompletableFuture()
                .join();
        assertThat(found)
                .containsExactly(new SocketDetails(
                        "one",
                        Set.of("a", "b"),
                        JSON.objectNode(),
                        JSON.objectNode().put("is", "one")));
    }

    @Test
    void movesASelectionInAndOutOfRooms() {
        adapter.join(one, "a");
        adapter.join(two, "a");
        adapter.joinAll(new Selection(Set.of("a", "three"), Set.of("two")), Set.of("a", "x", "y"));
        assertThat(adapter.roomSizes()).isEqualTo(Map.of("a", 3, "x", 2, "y", 2));
        adapter.leaveAll(new Selection(Set.of("x"), Set.of()), Set.of("x", "a"));
        assertThat(adapter.roomSizes()).isEqualTo(Map.of("a", 1, "y", 2));
    }

    @Test
    void disconnectsASelection() {
        adapter.join(one, "a");
        adapter.disconnectAll(new Selection(Set.of("a"), Set.of()), false);
        adapter.disconnectAll(new Selection(Set.of(), Set.of("a", "three")), true);
        assertThat(one.disconnects).containsExactly(false);
        assertThat(two.disconnects).containsExactly(true);
        assertThat(three.disconnects).isEmpty();
    }

    @Test
    void countsItselfAmongTheInstances() {
        assertThat(adapter.instances().toCompletableFuture().join()).isPositive();
    }

    /** Real threads join, leave, broadcast, come and go; each member that stays gets each broadcast once. */
    @Test
    void losesNoMemberAndLeaksNoRoomUnderConcurrency() throws Exception {
        TestRecipient steady = new TestRecipient("steady");
        adapter.add(steady);
        adapter.join(steady, "r0");
        adapter.join(steady, "r1");
        int threads = 4;
        int rounds = 2_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        // Shared by all threads: what one adds, another removes.
        List<TestRecipient> shared = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            shared.add(new TestRecipient("shared" + i));
        }
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            SplittableRandom random = new SplittableRandom(t);
            boolean broadcasts = t == 0;
            Thread worker = new Thread(() -> {
                try {
                    start.await();
                    for (int i = 0; i < rounds; i++) {
                        if (broadcasts) {
                            broadcast(Set.of("r0", "r1"), Set.of());
                        } else {
                            change(shared.get(random.nextInt(3)), "r" + random.nextInt(4), random.nextInt(5));
                        }
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            worker.start();
            workers.add(worker);
        }
        start.countDown();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(failures).isEmpty();
        assertThat(steady.count()).isEqualTo(rounds);
        shared.forEach(adapter::remove);
        assertThat(adapter.roomSizes()).isEqualTo(Map.of("r0", 1, "r1", 1));
        adapter.remove(steady);
        assertThat(adapter.roomSizes()).isEmpty();
    }

    private void change(TestRecipient recipient, String room, int what) {
        switch (what) {
            case 0, 1, 2 -> adapter.join(recipient, room);
            case 3 -> adapter.leave(recipient, room);
            default -> {
                // A socket is added once and removed once; here one at a time per socket.
                synchronized (recipient) {
                    adapter.remove(recipient);
                    adapter.add(recipient);
                }
            }
        }
    }
}
