package app.realtime.cluster;

import java.util.concurrent.CompletionStage;

/** Channels that are known by their names. Thread-safe; no call waits for the network. */
public interface Channels {

    /**
     * Publishes a message to all who subscribe to the channel now, this instance among them. What cannot be sent, because
     * the bus is away or too slow, is dropped and counted. Messages of one thread to one channel keep their order.
     */
    void publish(String channel, byte[] message);

    /** Subscribes to a channel until it is unsubscribed, over all connections that the bus may have in the meantime. */
    void subscribe(String channel, Bus.Listener listener);

    /** Takes back a subscription. */
    void unsubscribe(String channel);

    /** How many connections subscribe to this very channel; fails when the bus is away. */
    CompletionStage<Integer> subscribers(String channel);
}
