package app.realtime.cluster;

/**
 * Publish and subscribe between the instances: every message is carried everywhere, and those of one thread keep their
 * order over all channels. Thread-safe; no call waits for the network.
 */
public interface Bus extends Channels, AutoCloseable {

    /** Is told of messages, one at a time and in the order in which the bus carried them. Does not block. */
    @FunctionalInterface
    interface Listener {
        void received(String channel, byte[] message);
    }

    /** Subscribes to all channels that begin with a prefix. */
    void subscribeToPrefix(String prefix, Listener listener);

    /** Takes back a subscription to a channel or a prefix. */
    @Override
    void unsubscribe(String channelOrPrefix);

    /**
     * Channels of another kind, with names of their own: each is carried by one part of the bus alone, and keeps its own
     * order only.
     */
    Channels sharded();

    /** Whether messages come through, as far as is known. */
    boolean isConnected();

    /** How many messages were dropped. */
    long dropped();

    /** Leaves the bus for good. */
    @Override
    void close();
}
