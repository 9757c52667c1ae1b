package app.realtime.cluster;

import app.realtime.cluster.ClusterMessage.QuestionId;
import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.adapter.AnswerCollector;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.InstanceListener;
import app.realtime.socketio.adapter.LocalAdapter;
import app.realtime.socketio.adapter.Recipient;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;

/**
 * Rooms over several instances: does here what concerns this instance, and tells the others, in the words of a {@link
 * Dialect}. While the bus is away it is as a {@link LocalAdapter}.
 *
 * <p>Thread-safe: who is where is the local adapter's; questions are in concurrent maps. What the others say is done on the
 * bus's threads, in its order.
 */
public final class ClusterAdapter implements Adapter {

    private final Dialect dialect;
    private final LocalAdapter local;
    private final OpenQuestions questions;
    private final RemoteOrders orders;

    private ClusterAdapter(Dialect dialect, ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        this.dialect = dialect;
        this.local = new LocalAdapter(dialect);
        this.questions = new OpenQuestions(timer);
        this.orders = new RemoteOrders(local, timer, observer, dialect::reply);
    }

    /**
     * On the channels of the reference's {@code createAdapter}.
     *
     * @param timer for time-outs; its tasks never block
     */
    public static ClusterAdapter classic(
            String namespace, Bus bus, ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        return new ClusterAdapter(new ClassicDialect(namespace, bus), timer, observer);
    }

    /**
     * On the channels of the reference's {@code createShardedAdapter}.
     *
     * @param timer for time-outs; its tasks never block
     */
    public static ClusterAdapter sharded(
            String namespace, Bus bus, ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        return new ClusterAdapter(new ShardedDialect(namespace, bus), timer, observer);
    }

    /** Begins to listen to the others. */
    public ClusterAdapter open() {
        dialect.open(new Dialect.Receiver() {
            @Override
            public boolean isSomebodyIn(String room) {
                return local.isSomebodyIn(room);
            }

            @Override
            public void received(ClusterMessage message) {
                if (message instanceof ClusterMessage.Answer answer) {
                    questions.take(answer);
                } else {
                    orders.carryOut(message);
                }
            }
        });
        return this;
    }

    @Override
    public void close() {
        dialect.close();
    }

    @Override
    public void add(Recipient recipient) {
        local.add(recipient);
    }

    @Override
    public void remove(Recipient recipient) {
        local.remove(recipient);
    }

    @Override
    public boolean join(Recipient recipient, String room) {
        return local.join(recipient, room);
    }

    @Override
    public boolean leave(Recipient recipient, String room) {
        return local.leave(recipient, room);
    }

    @Override
    public Set<String> roomsOf(String socketId) {
        return local.roomsOf(socketId);
    }

    @Override
    public int size(String room) {
        return local.size(room);
    }

    @Override
    public int roomCount() {
        return local.roomCount();
    }

    @Override
    public Map<String, Integer> roomSizes() {
        return local.roomSizes();
    }

    @Override
    public Collection<Recipient> recipients() {
        return local.recipients();
    }

    @Override
    public long nextAckId() {
        return local.nextAckId();
    }

    @Override
    public int broadcast(Packet.Event event, Selection selection, Delivery delivery) {
        tellUnlessLocal(selection, new ClusterMessage.Broadcast(event, selection, delivery));
        return local.broadcast(event, selection, delivery);
    }

    private void tellUnlessLocal(Selection selection, ClusterMessage message) {
        if (!selection.local()) {
            dialect.tell(message);
        }
    }

    @Override
    public Runnable request(Packet.Event event, Selection selection, Delivery delivery, AnswerCollector answers) {
        if (selection.local()) {
            return local.request(event, selection, delivery, answers);
        }
        QuestionId id = newQuestion();
        Runnable ignore = questions.collect(id, answers);
        dialect.tell(new ClusterMessage.Request(id, event, selection, delivery, Optional.empty()));
        Runnable forget = local.request(event, selection, delivery, answers);
        return () -> {
            ignore.run();
            forget.run();
        };
    }

    private QuestionId newQuestion() {
        return new QuestionId(dialect.uid(), UUID.randomUUID().toString());
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetch(Selection selection) {
        return selection.local()
                ? local.fetch(selection)
                : local.fetch(selection)
                        .thenCombine(instances(), (here, count) -> gather(selection, here, count - 1))
                        .thenCompose(all -> all);
    }

    private CompletionStage<List<SocketDetails>> gather(Selection selection, List<SocketDetails> here, int others) {
        QuestionId id = newQuestion();
        return questions.fetch(
                id, new Gathering<>(here, others), () -> dialect.tell(new ClusterMessage.Fetch(id, selection)));
    }

    @Override
    public void tellInstances(String event, List<JsonNode> args) {
        dialect.tell(new ClusterMessage.Tell(Optional.empty(), event, args));
    }

    @Override
    public CompletionStage<List<JsonNode>> askInstances(String event, List<JsonNode> args) {
        QuestionId id = newQuestion();
        return instances()
                .thenCompose(count -> questions.ask(
                        id,
                        new Gathering<>(List.of(), count - 1),
                        () -> dialect.tell(new ClusterMessage.Tell(Optional.of(id), event, args))));
    }

    @Override
    public void onInstanceEvent(InstanceListener listener) {
        orders.onInstanceEvent(listener);
    }

    @Override
    public void joinAll(Selection selection, Set<String> joined) {
        tellUnlessLocal(selection, new ClusterMessage.Join(selection, joined));
        local.joinAll(selection, joined);
    }

    @Override
    public void leaveAll(Selection selection, Set<String> left) {
        tellUnlessLocal(selection, new ClusterMessage.Leave(selection, left));
        local.leaveAll(selection, left);
    }

    @Override
    public void disconnectAll(Selection selection, boolean close) {
        tellUnlessLocal(selection, new ClusterMessage.Disconnect(selection, close));
        local.disconnectAll(selection, close);
    }

    /** This one alone, while the bus is away. */
    @Override
    public CompletionStage<Integer> instances() {
        return dialect.instances().handle((count, away) -> away == null ? Math.max(1, count) : 1);
    }
}
