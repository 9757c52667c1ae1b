package app.realtime.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before the next try: one second, then twice as long each time up to half a minute. A try that lasted
 * longer than the longest wait begins the series anew. Owned by one thread.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final Clock clock;
    private Duration next = FIRST;
    private Instant begun;

    Backoff(Clock clock) {
        this.clock = clock;
        begun = clock.instant();
    }

    /** Says that a try begins now. */
    void begin() {
        begun = clock.instant();
    }

    /** Says that the try has failed. Returns the time to wait before the next one. */
    Duration failed() {
        if (Duration.between(begun, clock.instant()).compareTo(LONGEST) > 0) {
            next = FIRST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
