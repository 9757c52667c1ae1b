package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How many delays were at most so long. Thread-safe. */
final class DelayHistogram {

    /** Upper bounds, in milliseconds; what took longer is in the count alone. */
    static final long[] BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 30_000, 300_000};

    private final AtomicLongArray atMost = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder sum = new LongAdder();

    void add(Duration delay) {
        long millis = delay.toMillis();
        int bucket = 0;
        while (bucket < BOUNDS.length && delay.compareTo(Duration.ofMillis(BOUNDS[bucket])) > 0) {
            bucket++;
        }
        atMost.incrementAndGet(bucket);
        sum.add(millis);
    }

    /** Cumulative counts by upper bound in milliseconds, in rising order, as Prometheus counts. */
    Map<Long, Long> cumulative() {
        Map<Long, Long> counts = new LinkedHashMap<>();
        long count = 0;
        for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
            count += atMost.get(bucket);
            counts.put(BOUNDS[bucket], count);
        }
        return counts;
    }

    long count() {
        long count = 0;
        for (int bucket = 0; bucket <= BOUNDS.length; bucket++) {
            count += atMost.get(bucket);
        }
        return count;
    }

    long sumMillis() {
        return sum.sum();
    }
}
