package app.realtime.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does, which can only be asked for, not listened to. */
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /**
     * Returns when the condition holds; fails at once when {@code alive} says no, and at the end of the time.
     *
     * @param report what to say when it fails
     */
    static void until(
            String what, Duration time, BooleanSupplier condition, BooleanSupplier alive, Supplier<String> report) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException(what + " failed: " + report.get());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " took more than " + time.toSeconds() + " s: " + report.get());
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(what + " was interrupted");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
