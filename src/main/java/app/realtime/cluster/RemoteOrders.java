package app.realtime.cluster;

import app.realtime.cluster.ClusterMessage.QuestionId;
import app.realtime.socketio.adapter.AnswerCollector;
import app.realtime.socketio.adapter.InstanceListener;
import app.realtime.socketio.adapter.LocalAdapter;
import app.realtime.socketio.adapter.SocketDetails;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Does for the sockets of this instance what other instances say, and answers what they ask. On the bus's thread, in its
 * order; thread-safe, as the local adapter is.
 */
final class RemoteOrders {

    private static final Duration MAX_PATIENCE = Duration.ofMinutes(1);

    private final LocalAdapter local;
    private final ScheduledExecutorService timer;
    private final RemoteBroadcastObserver observer;
    private final BiConsumer<QuestionId, ClusterMessage.Answer> reply;
    private volatile Optional<InstanceListener> application = Optional.empty();

    RemoteOrders(
            LocalAdapter local,
            ScheduledExecutorService timer,
            RemoteBroadcastObserver observer,
            BiConsumer<QuestionId, ClusterMessage.Answer> reply) {
        this.local = local;
        this.timer = timer;
        this.observer = observer;
        this.reply = reply;
    }

    void onInstanceEvent(InstanceListener listener) {
        application = Optional.of(listener);
    }

    void carryOut(ClusterMessage message) {
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
        return value -> reply.accept(id, new ClusterMessage.Told(id.request(), value));
    }

    private void answer(ClusterMessage.Question question) {
        QuestionId id = question.id();
        String request = id.request();
        if (question instanceof ClusterMessage.Request asked) {
            ask(asked);
        } else if (question instanceof ClusterMessage.Fetch fetch) {
            local.fetch(fetch.selection())
                    .thenAccept(found -> reply.accept(id, new ClusterMessage.Found(request, found)));
        } else if (question instanceof ClusterMessage.Ids ids) {
            local.fetch(ids.selection())
                    .thenAccept(found -> reply.accept(id, new ClusterMessage.FoundIds(request, idsOf(found))));
        } else if (question instanceof ClusterMessage.Rooms) {
            reply.accept(
                    id, new ClusterMessage.FoundRooms(request, local.roomSizes().keySet()));
        } else if (question instanceof ClusterMessage.One one && local.isSomebodyIn(one.socketId())) {
            carryOut(one.change());
            reply.accept(id, new ClusterMessage.Done(request));
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

    /** Tells another instance of the acknowledgements that it asked for. Immutable. */
    private final class RemoteAsker implements AnswerCollector {

        private final QuestionId id;

        RemoteAsker(ClusterMessage.Request asked) {
            this.id = asked.id();
        }

        @Override
        public void expect(int clients) {
            reply.accept(id, new ClusterMessage.Asked(id.request(), clients));
        }

        /** The reference knows one value of an acknowledgement. */
        @Override
        public void answered(List<JsonNode> args) {
            JsonNode value = args.isEmpty() ? NullNode.getInstance() : args.get(0);
            reply.accept(id, new ClusterMessage.Acknowledged(id.request(), value));
        }

        /** The protocol has no word for it: the asker's time runs out. */
        @Override
        public void gone() {}
    }
}
