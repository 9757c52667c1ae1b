package app.realtime.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the events that arrive, and how long they took: each says in a member {@code at} when it was due, by the clock
 * of this process. Counted on the loop's thread; read by one other.
 */
public final class Deliveries implements Traffic {

    private static final byte[] AT = "\"at\":".getBytes(StandardCharsets.US_ASCII);
    private static final long START = System.nanoTime();

    private final AtomicLong count = new AtomicLong();
    private volatile long target = Long.MAX_VALUE;
    private volatile Thread waiting;
    private volatile String lost = "";
    private volatile Latencies latencies = new Latencies();

    /** Now, in nanoseconds since this process began: what {@code at} holds. */
    public static long now() {
        return System.nanoTime() - START;
    }

    @Override
    public void event(Client client, ByteBuffer buffer, int from, int to) {
        long at = at(buffer, from, to);
        if (at < 0) {
            return;
        }
        latencies.record(now() - at);
        long now = count.get() + 1;
        count.lazySet(now);
        if (now == target) {
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public void ended(Client client, String why) {
        if (!client.isLeaving()) {
            lost = why;
        }
    }

    public long count() {
        return count.get();
    }

    /** Begins new latencies, and returns those until now. */
    public Latencies restart() {
        Latencies before = latencies;
        latencies = new Latencies();
        return before;
    }

    /**
     * Waits until so many have arrived in all.
     *
     * @throws IllegalStateException if a client was lost, or the time is over
     */
    public void await(long wanted, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        waiting = Thread.currentThread();
        target = wanted;
        while (count.get() < wanted) {
            if (!lost.isEmpty()) {
                throw new IllegalStateException("A client was lost: " + lost);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + count.get() + " of " + wanted + " deliveries arrived");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        target = Long.MAX_VALUE;
    }

    /** The number behind {@code "at":}, or -1. */
    private static long at(ByteBuffer buffer, int from, int to) {
        int last = to - AT.length;
        for (int i = from; i < last; i++) {
            if (buffer.get(i) == '"' && matches(buffer, i)) {
                long value = 0;
                for (int j = i + AT.length; buffer.get(j) >= '0' && buffer.get(j) <= '9'; j++) {
                    value = 10 * value + buffer.get(j) - '0';
                }
                return value;
            }
        }
        return -1;
    }

    private static boolean matches(ByteBuffer buffer, int at) {
        for (int i = 1; i < AT.length; i++) {
            if (buffer.get(at + i) != AT[i]) {
                return false;
            }
        }
        return true;
    }
}
