package app.realtime.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Counts the messages of one address in the window of all instances, as far as they are known here: every so many messages
 * this instance tells the others of them, and hears how many there are. So nobody waits, and an address may be over its limit
 * by what is on its way: at most a 64th of the limit for each instance, and what comes within one round trip.
 *
 * <p>Thread-safe: guarded by this object's lock, which is not held while others are asked.
 */
final class SharedWindow {

    private static final Logger LOG = Logger.getLogger(SharedWindow.class.getName());
    private static final int REPORTS_PER_WINDOW = 64;
    /** So long nobody is asked again after a failure. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final InetAddress address;
    private final long max;
    private final Duration length;
    private final SharedCounts counts;
    private final LongSupplier nanoTime;
    private long untold;
    private long known;
    private long end;
    private long askAgainAt;
    private boolean asking;

    /** @param nanoTime counts from zero, and never goes back */
    SharedWindow(InetAddress address, long max, Duration length, SharedCounts counts, LongSupplier nanoTime) {
        this.address = address;
        this.max = max;
        this.length = length;
        this.counts = counts;
        this.nanoTime = nanoTime;
    }

    /** Empty if the message is within the limit, else the time until the next window. */
    Optional<Duration> tryAcquire() {
        long told;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (now >= end) {
                known = 0;
            }
            if (known + untold >= max && known > 0) {
                return Optional.of(Duration.ofNanos(end - now));
            }
            untold++;
            if (asking || now < askAgainAt || untold < Math.max(1, max / REPORTS_PER_WINDOW)) {
                return Optional.empty();
            }
            asking = true;
            told = untold;
        }
        counts.addMessages(address, told, length).whenComplete((use, failure) -> {
            if (failure == null) {
                learn(told, use);
            } else {
                forget(failure);
            }
        });
        return Optional.empty();
    }

    private synchronized void learn(long told, SharedCounts.Use use) {
        untold -= told;
        known = use.messages();
        end = nanoTime.getAsLong() + use.left().toNanos();
        asking = false;
    }

    /** The limit of this instance holds meanwhile. */
    private synchronized void forget(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.log(Level.FINE, "Messages are counted on this instance alone", cause);
        untold = 0;
        known = 0;
        askAgainAt = nanoTime.getAsLong() + RETRY_NANOS;
        asking = false;
    }
}
