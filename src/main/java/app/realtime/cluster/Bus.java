package app.realtime.cluster;

import java.util.concurrent.CompletionStage;

/** Publish and subscribe between the instances. Thread-safe; no call waits for the network. */
public interface Bus extends AutoCloseable {

    /** Is told of messages, one at a time and in the order in which the bus carried them. Does not block. */
    @FunctionalInterface
    interface Listener {
        void received(String channel, byte[] message);
    }

    /**
     * Publishes a message to all who subscribe to the channel now, this instance among them. What cannot be sent, because
     * the bus is away or too slow, is dropped and counted. Messages of one thread keep their order.
     */
    void publish(String channel, byte[] message);

    /** Subscribes to a channel until it is unsubscribed, over all connections that the bus may have in the meantime. */
    void subscribe(String channel, Listener listener);

    /** Subscribes to all channels that begin with a prefix. */
    void subscribeToPrefix(String prefix, Listener listener);

    /** Takes back a subscription to a channel or a prefix. */
    void unsubscribe(String channelOrPrefix);

    /** How many connections subscribe to this very channel; fails when the bus is away. */
    CompletionStage<Integer> subscribers(String channel);

    /** Whether messages come through, as far as is known. */
    boolean isConnected();

    /** How many messages were dropped. */
    long dropped();

    /** Leaves the bus for good. */
    @Override
    void close();
}
