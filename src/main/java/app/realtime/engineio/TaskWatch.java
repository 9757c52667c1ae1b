package app.realtime.engineio;

import java.util.concurrent.TimeUnit;

/**
 * Whether a thread has been about one of its tasks for more than 50 ms, as one that waits for something is. {@link #begin}
 * and {@link #end} are for that thread, {@link #hasStalled} is for one other.
 */
public final class TaskWatch {

    private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private volatile boolean busy;
    /** How many tasks have begun. */
    private volatile long begun;

    /** What has been seen last, and since when; for the one who looks. */
    private long seen;

    private long seenAt;

    public void begin() {
        begun = begun + 1;
        busy = true;
    }

    public void end() {
        busy = false;
    }

    /** To be asked again and again: the time counts from when the task was first seen. @param now in nanoseconds */
    public boolean hasStalled(long now) {
        long current = begun;
        if (!busy || current != seen) {
            seen = current;
            seenAt = now;
            return false;
        }
        return now - seenAt > STALLED_NANOS;
    }
}
