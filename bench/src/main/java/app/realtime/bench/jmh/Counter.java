package app.realtime.bench.jmh;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Counts what all transports have been given, and lets one thread wait for it. Thread-safe. */
final class Counter {

    private final AtomicLong count = new AtomicLong();
    private volatile long target = Long.MAX_VALUE;
    private volatile Thread waiting;

    void add(int more) {
        if (count.addAndGet(more) >= target) {
            LockSupport.unpark(waiting);
        }
    }

    long count() {
        return count.get();
    }

    void await(long wanted) {
        waiting = Thread.currentThread();
        target = wanted;
        while (count.get() < wanted) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        target = Long.MAX_VALUE;
    }
}
