package app.realtime.cluster.redis;

import app.realtime.cluster.Bus.Listener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who listens to what, whichever connection it comes by. Thread-safe. */
final class Subscriptions extends RedisPubSubAdapter<String, byte[]> {

    /** What Redis distinguishes: names of one kind mean nothing to another. */
    enum Kind {
        CHANNEL,
        PATTERN,
        SHARD_CHANNEL
    }

    private static final Logger LOG = Logger.getLogger(Subscriptions.class.getName());

    private final Map<Kind, Map<String, Listener>> listeners = new EnumMap<>(Kind.class);

    Subscriptions() {
        for (Kind kind : Kind.values()) {
            listeners.put(kind, new ConcurrentHashMap<>());
        }
    }

    /** Live. */
    Map<String, Listener> of(Kind kind) {
        return listeners.get(kind);
    }

    /** Channels that begin with this text, as Redis asks for them: none of its letters is a wildcard. */
    static String pattern(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + '*';
    }

    @Override
    public void message(String channel, byte[] message) {
        tell(Kind.CHANNEL, channel, channel, message);
    }

    @Override
    public void message(String pattern, String channel, byte[] message) {
        tell(Kind.PATTERN, pattern, channel, message);
    }

    @Override
    public void smessage(String shardChannel, byte[] message) {
        tell(Kind.SHARD_CHANNEL, shardChannel, shardChannel, message);
    }

    /** A listener that fails must not take the connection, and all others, with it. */
    private void tell(Kind kind, String subscription, String channel, byte[] message) {
        Listener listener = of(kind).get(subscription);
        if (listener == null) {
            return;
        }
        try {
            listener.received(channel, message);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A message from another instance could not be processed", e);
        }
    }
}
