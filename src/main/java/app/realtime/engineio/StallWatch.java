package app.realtime.engineio;

import java.time.Duration;

/**
 * How long a client has taken nothing while something waited for it. It is looked at by every sweep, and counts from the
 * sweep that first saw something wait. Guarded by its session's lock.
 */
final class StallWatch {

    private final long timeout;
    private boolean watching;
    private long since;
    private long takenBefore;

    StallWatch(Duration timeout) {
        this.timeout = timeout.toNanos();
    }

    /**
     * Whether the client's time is over.
     *
     * @param now in nanoseconds
     * @param waiting whether something waits for the client
     * @param taken a number that changes when the client takes something
     */
    boolean isOver(long now, boolean waiting, long taken) {
        if (!waiting) {
            watching = false;
        } else if (!watching || taken != takenBefore) {
            watching = true;
            since = now;
            takenBefore = taken;
        }
        return watching && now - since >= timeout;
    }
}
