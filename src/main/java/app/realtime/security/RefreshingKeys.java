package app.realtime.security;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Public keys that are read again in the background, so that their rotation needs no restart. What was read last stays
 * in use while reading fails. Thread-safe: {@code keys} is published by a volatile write, all else is guarded by this
 * object's lock, which is never held while something is read.
 */
final class RefreshingKeys implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RefreshingKeys.class.getName());

    private final KeyLocation location;
    private final RefreshPolicy policy;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;

    private volatile Optional<PublicKeys> keys = Optional.empty();

    private Optional<Future<?>> next = Optional.empty();
    private Optional<Instant> lastStart = Optional.empty();
    private boolean reading;
    private boolean failing;
    private boolean closed;

    RefreshingKeys(
            KeyLocation location, RefreshPolicy policy, InstantSource clock, ScheduledExecutorService scheduler) {
        this.location = location;
        this.policy = policy;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Reads a file at once, since that does not wait for a network, and a URL in the background. */
    void start() {
        if (location instanceof KeyLocation.File) {
            refresh();
        } else {
            schedule(Duration.ZERO);
        }
    }

    /** The keys as far as known; empty until they could be read for the first time. */
    Optional<PublicKeys> current() {
        return keys;
    }

    /** Reads again soon, because a token named a key that is not known; not more often than the policy says. */
    synchronized void refreshSoon() {
        boolean tooSoon = lastStart
                .filter(start -> clock.instant().isBefore(start.plus(policy.pause())))
                .isPresent();
        if (!reading && !tooSoon) {
            lastStart = Optional.of(clock.instant());
            schedule(Duration.ZERO);
        }
    }

    private synchronized void schedule(Duration delay) {
        if (closed) {
            return;
        }
        next.ifPresent(waiting -> waiting.cancel(false));
        try {
            next = Optional.of(scheduler.schedule(this::refresh, delay.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            // The container is stopping; nobody will ask for keys any more.
            LOG.log(Level.FINE, "Keys are no longer refreshed", e);
        }
    }

    private void refresh() {
        synchronized (this) {
            if (closed || reading) {
                return;
            }
            reading = true;
            lastStart = Optional.of(clock.instant());
        }
        Duration delay = policy.retry();
        try {
            PublicKeys fresh = PublicKeys.parse(location.read());
            keys = Optional.of(fresh);
            delay = policy.interval();
            succeeded(fresh);
        } catch (IOException | RuntimeException e) {
            failed(e);
        } finally {
            synchronized (this) {
                reading = false;
            }
            schedule(delay);
        }
    }

    private synchronized void succeeded(PublicKeys fresh) {
        if (failing) {
            LOG.info(() -> "Token keys are read again from " + location + " (" + fresh.size() + " keys)");
        }
        failing = false;
    }

    private synchronized void failed(Exception cause) {
        if (!failing) {
            LOG.warning(() -> "Token keys cannot be read from " + location + ": " + describe(cause) + "; "
                    + (keys.isPresent() ? "the keys read before stay in use" : "tokens that need them are refused")
                    + " until it succeeds");
        }
        failing = true;
    }

    private static String describe(Exception cause) {
        return cause instanceof IllegalArgumentException
                ? "it " + cause.getMessage()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.ifPresent(waiting -> waiting.cancel(false));
    }
}
