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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Rooms over several instances: does here what concerns this instance, and tells the others, on the channels of {@code
 * @socket.io/redis-adapter} 8. While the bus is away it is as a {@link LocalAdapter}.
 *
 * <p>Thread-safe: who is where is the local adapter's; open questions are in concurrent maps. What the others say is done
 * on the bus's thread, in its order.
 */
public final class ClusterAdapter implements Adapter {

    private static final Logger LOG = Logger.getLogger(ClusterAdapter.class.getName());
    private static final String PREFIX = "socket.io";
    /** How long the reference waits for the answers of other servers, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration MAX_PATIENCE = Duration.ofMinutes(1);

    private final LocalAdapter local = new LocalAdapter();
    private final Map<String, AnswerCollector> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Gathering<SocketDetails>> fetches = new ConcurrentHashMap<>();
    private final Map<String, Gathering<JsonNode>> asked = new ConcurrentHashMap<>();
    private final String uid = UUID.randomUUID().toString();
    private final Bus bus;
    private final ScheduledExecutorService timer;
    private final RemoteBroadcastObserver observer;
    private final ClassicCodec codec;
    private volatile Optional<InstanceListener> application = Optional.empty();
    private final String broadcasts;
    private final String requests;
    private final String responses;

    /** @param timer for time-outs; its tasks never block */
    public ClusterAdapter(String namespace, Bus bus, ScheduledExecutorService timer, RemoteBroadcastObserver observer) {
        this.bus = bus;
        this.timer = timer;
        this.observer = observer;
        this.codec = new ClassicCodec(namespace, uid);
        this.broadcasts = PREFIX + '#' + namespace + '#';
        this.requests = PREFIX + "-request#" + namespace + '#';
        this.responses = PREFIX + "-response#" + namespace + '#';
    }

    /** Begins to listen to the others. */
    public ClusterAdapter open() {
        bus.subscribeToPrefix(broadcasts, this::onBroadcast);
        bus.subscribe(requests, this::onRequest);
        bus.subscribe(responses, this::onAnswer);
        bus.subscribe(responsesTo(uid), this::onAnswer);
        return this;
    }

    @Override
    public void close() {
        bus.unsubscribe(broadcasts);
        List.of(requests, responses, responsesTo(uid)).forEach(bus::unsubscribe);
    }

    private String responsesTo(String asker) {
        return responses + asker + '#';
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
        if (!selection.local()) {
            // Those who have nobody in a single room need not read the message: its name is in the channel's.
            String channel = selection.rooms().size() == 1
                    ? broadcasts + selection.rooms().iterator().next() + '#'
                    : broadcasts;
            bus.publish(channel, codec.broadcast(new ClusterMessage.Broadcast(event, selection, delivery)));
        }
        return local.broadcast(event, selection, delivery);
    }

    @Override
    public Runnable request(Packet.Event event, Selection selection, Delivery delivery, AnswerCollector answers) {
        if (selection.local()) {
            return local.request(event, selection, delivery, answers);
        }
        QuestionId id = newQuestion();
        acknowledged.put(id.request(), answers);
        tell(new ClusterMessage.Request(id, event, selection, delivery, Optional.empty()));
        Runnable forget = local.request(event, selection, delivery, answers);
        return () -> {
            acknowledged.remove(id.request());
            forget.run();
        };
    }

    private QuestionId newQuestion() {
        return new QuestionId(uid, UUID.randomUUID().toString());
    }

    private void tell(ClusterMessage message) {
        bus.publish(requests, codec.request(message));
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
        return gather(id, fetches, new Gathering<>(here, others), new ClusterMessage.Fetch(id, selection));
    }

    private <T> CompletionStage<List<T>> gather(
            QuestionId id, Map<String, Gathering<T>> open, Gathering<T> gathering, ClusterMessage question) {
        if (gathering.isComplete()) {
            return gathering.stage();
        }
        open.put(id.request(), gathering);
        var expiry = timer.schedule(gathering::expire, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        tell(question);
        return gathering.stage().whenComplete((found, failure) -> {
            open.remove(id.request());
            expiry.cancel(false);
        });
    }

    @Override
    public void tellInstances(String event, List<JsonNode> args) {
        tell(new ClusterMessage.Tell(Optional.empty(), event, args));
    }

    @Override
    public CompletionStage<List<JsonNode>> askInstances(String event, List<JsonNode> args) {
        QuestionId id = newQuestion();
        return instances()
                .thenCompose(count -> gather(
                        id,
                        asked,
                        new Gathering<>(List.of(), count - 1),
                        new ClusterMessage.Tell(Optional.of(id), event, args)));
    }

    @Override
    public void onInstanceEvent(InstanceListener listener) {
        application = Optional.of(listener);
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

    private void tellUnlessLocal(Selection selection, ClusterMessage message) {
        if (!selection.local()) {
            tell(message);
        }
    }

    /** This one alone, while the bus is away. */
    @Override
    public CompletionStage<Integer> instances() {
        return bus.subscribers(requests).handle((count, away) -> away == null ? Math.max(1, count) : 1);
    }

    private void onBroadcast(String channel, byte[] bytes) {
        String room = channel.length() > broadcasts.length()
                ? channel.substring(broadcasts.length(), channel.length() - 1)
                : "";
        if (room.isEmpty() || local.isSomebodyIn(room)) {
            read(() -> codec.readBroadcast(bytes)).ifPresent(this::carryOut);
        }
    }

    private void onRequest(String channel, byte[] bytes) {
        read(() -> codec.readRequest(bytes)).ifPresent(this::carryOut);
    }

    private void onAnswer(String channel, byte[] bytes) {
        read(() -> codec.readAnswer(bytes)).ifPresent(this::take);
    }

    @FunctionalInterface
    private interface Reading<T> {
        Optional<T> read() throws MalformedMessageException;
    }

    /** What cannot be read is passed over, as by the reference. */
    private static <T> Optional<T> read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedMessageException e) {
            LOG.log(Level.FINE, "Passed over a message from another instance", e);
            return Optional.empty();
        }
    }

    private void carryOut(ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            long begin = System.nanoTime();
            int recipients = local.broadcast(broadcast.event(), broadcast.selection(), broadcast.delivery());
            observer.delivered(recipients, Duration.ofNanos(System.nanoTime() - begin));
        } else if (message instanceof ClusterMessage.Join join) {
            local.joinAll(join.selection(), join.rooms());
        } else if (message instanceof ClusterMessage.Leave leave) {
            local.leaveAll(leave.selection(), leave.rooms());
        } else if (message instanceof ClusterMessage.Disconnect disconnect) {
            local.disconnectAll(disconnect.selection(), disconnect.close());
        } else if (message instanceof ClusterMessage.Tell tell) {
            application.ifPresent(listener ->
                    listener.told(tell.event(), tell.args(), tell.id().map(this::answerTo)));
        } else if (message instanceof ClusterMessage.Question question) {
            answer(question);
        }
    }

    private Consumer<JsonNode> answerTo(QuestionId id) {
        return value -> reply(id, new ClusterMessage.Told(id.request(), value));
    }

    private void answer(ClusterMessage.Question question) {
        String request = question.id().request();
        if (question instanceof ClusterMessage.Request asked) {
            ask(asked);
        } else if (question instanceof ClusterMessage.Fetch fetch) {
            local.fetch(fetch.selection())
                    .thenAccept(found -> reply(question.id(), new ClusterMessage.Found(request, found)));
        } else if (question instanceof ClusterMessage.Ids ids) {
            local.fetch(ids.selection())
                    .thenAccept(found -> reply(question.id(), new ClusterMessage.FoundIds(request, idsOf(found))));
        } else if (question instanceof ClusterMessage.Rooms) {
            reply(
                    question.id(),
                    new ClusterMessage.FoundRooms(request, local.roomSizes().keySet()));
        } else if (question instanceof ClusterMessage.One one && local.isSomebodyIn(one.socketId())) {
            carryOut(one.change());
            reply(question.id(), new ClusterMessage.Done(request));
        }
    }

    private static Set<String> idsOf(List<SocketDetails> found) {
        return Set.copyOf(found.stream().map(SocketDetails::id).toList());
    }

    private void ask(ClusterMessage.Request asked) {
        Runnable forget = local.request(asked.event(), asked.selection(), asked.delivery(), new RemoteAsker(asked));
        Duration patience = asked.patience()
                .filter(time -> time.compareTo(MAX_PATIENCE) < 0)
                .orElse(MAX_PATIENCE);
        timer.schedule(forget, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void reply(QuestionId to, ClusterMessage.Answer answer) {
        bus.publish(responsesTo(to.asker()), codec.answer(answer));
    }

    private void take(ClusterMessage.Answer answer) {
        if (answer instanceof ClusterMessage.Found found) {
            Optional.ofNullable(fetches.get(found.request())).ifPresent(open -> open.add(found.sockets()));
            return;
        }
        if (answer instanceof ClusterMessage.Told told) {
            Optional.ofNullable(asked.get(told.request())).ifPresent(open -> open.add(List.of(told.value())));
            return;
        }
        Optional<AnswerCollector> open = Optional.ofNullable(acknowledged.get(answer.request()));
        if (answer instanceof ClusterMessage.Asked asked) {
            open.ifPresent(answers -> answers.expect(asked.clients()));
        } else if (answer instanceof ClusterMessage.Acknowledged one) {
            open.ifPresent(answers -> answers.answered(List.of(one.value())));
        }
    }

    /** Tells another instance of the acknowledgements that it asked for. Immutable. */
    private final class RemoteAsker implements AnswerCollector {

        private final ClusterMessage.Request asked;

        RemoteAsker(ClusterMessage.Request asked) {
            this.asked = asked;
        }

        @Override
        public void expect(int clients) {
            reply(asked.id(), new ClusterMessage.Asked(asked.id().request(), clients));
        }

        /** The reference knows one value of an acknowledgement. */
        @Override
        public void answered(List<JsonNode> args) {
            reply(
                    asked.id(),
                    new ClusterMessage.Acknowledged(
                            asked.id().request(), args.isEmpty() ? NullNode.getInstance() : args.get(0)));
        }

        /** The protocol has no word for it: the asker's time runs out. */
        @Override
        public void gone() {}
    }
}
