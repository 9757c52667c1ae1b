package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.adapter.AdapterContract;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.adapter.TestCollector;
import app.realtime.socketio.adapter.TestRecipient;
import app.realtime.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the adapter of one instance does for its own sockets, and two of them for each other's, in every dialect. */
abstract class ClusterAdapterContract extends AdapterContract {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final Packet.Event EVENT = new Packet.Event(
            "/",
            OptionalLong.empty(),
            "e",
            List.of(JSON.numberNode(1), JSON.arrayNode().add(JSON.binaryNode(new byte[] {7}))));

    /** As long as the reference's ids. */
    static final String MINE = "mine-567890123456789";

    static final String THEIRS = "theirs-7890123456789";

    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final MemoryBus bus = new MemoryBus();
    final MemoryBus othersBus = bus.another();
    final TestRecipient mine = new TestRecipient(MINE);
    final TestRecipient theirs = new TestRecipient(THEIRS);
    ClusterAdapter here;
    ClusterAdapter there;

    @Override
    protected Adapter newAdapter() {
        return open("/", new MemoryBus());
    }

    abstract ClusterAdapter open(String namespace, Bus between);

    /** Has somebody listen who does not answer. */
    abstract void addSilentInstance(MemoryBus bus);

    @BeforeEach
    void connect() {
        here = open("/", bus);
        there = open("/", othersBus);
        here.add(mine);
        there.add(theirs);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBroadcastReachesBothInstancesOnce() {
        assertThat(here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT))
                .isEqualTo(1);
        assertThat(mine.count()).isEqualTo(1);
        assertThat(theirs.got())
                .hasSize(1)
                .first()
                .extracting(message -> message.event())
                .isEqualTo(EVENT);
    }

    @Test
    void aRoomExceptionsAndFlagsHoldOnTheOtherInstance() {
        there.join(theirs, "a");
        Delivery droppable = new Delivery(false, true);
        here.broadcast(EVENT, Selection.inAnyOf(List.of("a")), droppable);
        here.broadcast(EVENT, Selection.inAnyOf(List.of("b")), Delivery.DEFAULT);
        here.broadcast(EVENT, new Selection(Set.of("a", "b"), Set.of(THEIRS)), Delivery.DEFAULT);
        assertThat(theirs.got()).extracting(message -> message.delivery()).containsExactly(droppable);
        here.broadcast(EVENT, Selection.inAnyOf(List.of(THEIRS)), Delivery.DEFAULT);
        assertThat(theirs.count()).isEqualTo(2);
        assertThat(mine.count()).isZero();
    }

    @Test
    void whatIsLocalIsNotTold() {
        Selection local = new Selection(Set.of(), Set.of(), true);
        here.broadcast(EVENT, local, Delivery.DEFAULT);
        here.joinAll(local, Set.of("a"));
        here.disconnectAll(local, true);
        here.request(EVENT, local, Delivery.DEFAULT, new TestCollector());
        assertThat(bus.published()).isEmpty();
        assertThat(theirs.disconnects()).isEmpty();
        assertThat(mine.disconnects()).containsExactly(true);
    }

    @Test
    void namespacesDoNotHearEachOther() {
        ClusterAdapter other = open("/other", othersBus);
        TestRecipient elsewhere = new TestRecipient("elsewhere");
        other.add(elsewhere);
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        assertThat(elsewhere.count()).isZero();
    }

    @Test
    void socketsJoinLeaveAndDisconnectOnBothInstances() {
        here.joinAll(Selection.everyone(), Set.of("a", "b"));
        assertThat(there.roomsOf(THEIRS)).containsExactlyInAnyOrder("a", "b");
        assertThat(here.roomsOf(MINE)).containsExactlyInAnyOrder("a", "b");
        here.leaveAll(Selection.inAnyOf(List.of(THEIRS)), Set.of("a"));
        assertThat(there.roomsOf(THEIRS)).containsExactly("b");
        here.disconnectAll(Selection.inAnyOf(List.of("b")), false);
        assertThat(theirs.disconnects()).containsExactly(false);
        assertThat(mine.disconnects()).containsExactly(false);
    }

    @Test
    void findsSocketsOnBothInstances() throws Exception {
        there.join(theirs, "a");
        assertThat(get(here.instances())).isEqualTo(2);
        List<SocketDetails> found = get(here.fetch(Selection.everyone()));
        assertThat(found).extracting(SocketDetails::id).containsExactlyInAnyOrder(MINE, THEIRS);
        SocketDetails other = get(here.fetch(Selection.inAnyOf(List.of("a")))).get(0);
        assertThat(other.rooms()).containsExactly("a");
        assertThat(other.data().path("is").asString()).isEqualTo(THEIRS);
    }

    @Test
    void anInstanceThatDoesNotAnswerIsMissed() {
        addSilentInstance(othersBus);
        assertThatThrownBy(() -> get(here.fetch(Selection.everyone()))).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void acknowledgementsOfBothInstancesAreCollected() {
        TestCollector answers = new TestCollector();
        Runnable forget = here.request(EVENT, Selection.everyone(), Delivery.DEFAULT, answers);
        assertThat(answers.expected()).isEqualTo(2);
        theirs.asked().get(0).answered(List.of(JSON.stringNode("yes"), JSON.stringNode("lost")));
        mine.asked().get(0).answered(List.of());
        assertThat(answers.answers()).containsExactlyInAnyOrder(List.of(JSON.stringNode("yes")), List.of());
        forget.run();
        theirs.asked().get(0).answered(List.of(JSON.stringNode("late")));
        assertThat(answers.answers()).hasSize(2);
    }

    @Test
    void theApplicationSpeaksToItselfOnTheOtherInstance() throws Exception {
        List<String> told = new ArrayList<>();
        here.onInstanceEvent((event, args, answer) -> told.add("here"));
        there.onInstanceEvent((event, args, answer) -> {
            told.add(event + args);
            answer.ifPresent(way -> way.accept(JSON.stringNode("heard")));
        });
        here.tellInstances("refresh", List.of(JSON.numberNode(1), JSON.stringNode("x")));
        assertThat(get(here.askInstances("and", List.of()))).containsExactly(JSON.stringNode("heard"));
        assertThat(told).containsExactly("refresh[1, \"x\"]", "and[]");
        othersBus.close();
        assertThat(get(here.askInstances("anybody", List.of()))).isEmpty();
    }

    @Test
    void anInstanceThatIsCutOffServesItsOwn() throws Exception {
        bus.away = true;
        assertThat(here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT))
                .isEqualTo(1);
        assertThat(get(here.instances())).isEqualTo(1);
        assertThat(get(here.fetch(Selection.everyone()))).hasSize(1);
    }

    @Test
    void anAdapterThatIsClosedHearsNothing() {
        there.close();
        here.broadcast(EVENT, Selection.everyone(), Delivery.DEFAULT);
        assertThat(theirs.count()).isZero();
    }
}
