package app.realtime.cluster.redis;

import app.realtime.cluster.Bus.Listener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who listens to what, whichever connection it comes by. Thread-safe. */
final class Subscriptions extends RedisPubSubAdapter<String, byte[]> {

    private static final Logger LOG = Logger.getLogger(Subscriptions.class.getName());

    private final Map<String, Listener> channels = new ConcurrentHashMap<>();
    private final Map<String, Listener> patterns = new ConcurrentHashMap<>();

    Map<String, Listener> channels() {
        return channels;
    }

    Map<String, Listener> patterns() {
        return patterns;
    }

    /** Channels that begin with this text, as Redis asks for them: none of its letters is a wildcard. */
    static String pattern(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + '*';
    }

    @Override
    public void message(String channel, byte[] message) {
        tell(channels.get(channel), channel, message);
    }

    @Override
    public void message(String pattern, String channel, byte[] message) {
        tell(patterns.get(pattern), channel, message);
    }

    /** A listener that fails must not take the connection, and all others, with it. */
    private static void tell(Listener listener, String channel, byte[] message) {
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
