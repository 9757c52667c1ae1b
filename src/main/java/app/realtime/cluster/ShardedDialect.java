package app.realtime.cluster;

import app.realtime.cluster.ClusterMessage.Answer;
import app.realtime.cluster.ClusterMessage.Broadcast;
import app.realtime.cluster.ClusterMessage.QuestionId;
import app.realtime.socketio.adapter.Selection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sharded channels of {@code createShardedAdapter} of {@code @socket.io/redis-adapter} 8, with dynamic subscriptions: one
 * for the namespace, one for answers to this instance, and one for each room that somebody is in here.
 *
 * <p>Thread-safe: who listens is volatile, and set once.
 */
final class ShardedDialect implements Dialect {

    private static final Logger LOG = Logger.getLogger(ShardedDialect.class.getName());
    private static final String PREFIX = "socket.io";

    /** A name of this length is taken for a socket's id by the reference: it has no channel of its own. */
    private static final int SOCKET_ID_LENGTH = 20;

    private final String uid = UUID.randomUUID().toString();
    private final Channels bus;
    private final ShardedCodec codec;
    private final String channel;
    private volatile Optional<Bus.Listener> listener = Optional.empty();

    ShardedDialect(String namespace, Bus bus) {
        this.bus = bus.sharded();
        this.codec = new ShardedCodec(namespace, uid);
        this.channel = PREFIX + '#' + namespace + '#';
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void open(Receiver receiver) {
        Bus.Listener hears = (from, bytes) -> read(bytes).ifPresent(receiver::received);
        listener = Optional.of(hears);
        bus.subscribe(channel, hears);
        bus.subscribe(channel(uid), hears);
    }

    /** What cannot be read is passed over, as by the reference. */
    private Optional<ClusterMessage> read(byte[] bytes) {
        try {
            return codec.read(bytes);
        } catch (MalformedMessageException e) {
            LOG.log(Level.FINE, "Passed over a message from another instance", e);
            return Optional.empty();
        }
    }

    private String channel(String roomOrInstance) {
        return channel + roomOrInstance + '#';
    }

    private static boolean hasChannel(String room) {
        return room.length() != SOCKET_ID_LENGTH;
    }

    @Override
    public void roomOpened(String room) {
        if (hasChannel(room)) {
            listener.ifPresent(hears -> bus.subscribe(channel(room), hears));
        }
    }

    @Override
    public void roomEmptied(String room) {
        if (hasChannel(room)) {
            bus.unsubscribe(channel(room));
        }
    }

    @Override
    public void tell(ClusterMessage message) {
        bus.publish(channelOf(message), codec.write(message));
    }

    /** What all must hear, because it is to be answered or leads to several rooms, goes by the namespace's channel. */
    private String channelOf(ClusterMessage message) {
        if (message instanceof Broadcast broadcast) {
            Selection selection = broadcast.selection();
            if (selection.rooms().size() == 1) {
                String room = selection.rooms().iterator().next();
                return hasChannel(room) ? channel(room) : channel;
            }
        }
        return channel;
    }

    @Override
    public void reply(QuestionId to, Answer answer) {
        bus.publish(channel(to.asker()), codec.write(answer));
    }

    @Override
    public CompletionStage<Integer> instances() {
        return bus.subscribers(channel);
    }

    /** The rooms' channels have gone with their members. */
    @Override
    public void close() {
        listener = Optional.empty();
        bus.unsubscribe(channel);
        bus.unsubscribe(channel(uid));
    }
}
