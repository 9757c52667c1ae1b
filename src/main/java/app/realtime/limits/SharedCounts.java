package app.realtime.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What all instances together count of a client address. Thread-safe, does not block. Each call fails soon when nobody knows:
 * the limits of one instance alone hold then.
 */
public interface SharedCounts {

    /**
     * Says how many sessions an address has on this instance, none included, and asks how many it has on the others. Calls
     * for one address take effect in their order.
     */
    CompletionStage<Integer> sessionsElsewhere(InetAddress address, int here);

    /** Adds messages to those of all instances in the current window, which begins with the first of them. */
    CompletionStage<Use> addMessages(InetAddress address, long more, Duration window);

    /**
     * What counts in the current window.
     *
     * @param messages of all instances
     * @param left until the window ends
     */
    record Use(long messages, Duration left) {}
}
