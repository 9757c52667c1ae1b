package app.realtime.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts messages in windows of fixed length, the first of which begins with the first message. Thread-safe:
 * {@code bucket} is created once, under this object's lock.
 */
final class MessageWindow {

    private final long max;
    private final Duration length;
    private final TimeMeter time;
    private volatile Bucket bucket;

    MessageWindow(long max, Duration length, TimeMeter time) {
        // A bucket refuses more than a token per nanosecond, a rate that nobody can reach anyway.
        this.max = Math.min(max, length.toNanos());
        this.length = length;
        this.time = time;
    }

    /** Empty if the message is within the limit, else the time until the next window. */
    Optional<Duration> tryAcquire() {
        ConsumptionProbe probe = bucket().tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Takes back one message that was not processed after all. */
    void giveBack() {
        bucket().addTokens(1);
    }

    /** Whether nothing counts now: no message yet, or none since the last window ended. */
    boolean isUntouched() {
        Bucket current = bucket;
        return current == null || current.getAvailableTokens() == max;
    }

    private Bucket bucket() {
        Bucket current = bucket;
        return current != null ? current : create();
    }

    private synchronized Bucket create() {
        if (bucket == null) {
            bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(max).refillIntervally(max, length))
                    .withCustomTimePrecision(time)
                    .build();
        }
        return bucket;
    }
}
