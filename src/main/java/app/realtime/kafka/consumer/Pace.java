package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Slows the feed down while clients are behind, so that a backlog does not run over those who read well. It still lets
 * through {@value #BURST} records every {@value #PAUSE_MILLIS} ms, 10 000 a second: that is what a client must be able to
 * take, and no client can hold up a feed that brings less. Thread-safe: guarded by its own lock.
 */
final class Pace {

    static final int BURST = 50;
    static final int PAUSE_MILLIS = 5;

    private final BooleanSupplier crowded;
    private final LongSupplier nanoTime;
    private long windowBegin;
    private int inWindow;

    /** @param crowded whether some client is far behind; asked for each record, so it must be cheap */
    Pace(BooleanSupplier crowded, LongSupplier nanoTime) {
        this.crowded = crowded;
        this.nanoTime = nanoTime;
        windowBegin = nanoTime.getAsLong();
    }

    /** Asks for leave to hand over one record. Zero if it is given; otherwise how long to wait before asking again. */
    Duration ask() {
        if (!crowded.getAsBoolean()) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        synchronized (this) {
            long passed = now - windowBegin;
            long pause = PAUSE_MILLIS * 1_000_000L;
            if (passed >= pause) {
                windowBegin = now;
                inWindow = 0;
                passed = 0;
            }
            if (inWindow < BURST) {
                inWindow++;
                return Duration.ZERO;
            }
            return Duration.ofNanos(pause - passed);
        }
    }
}
