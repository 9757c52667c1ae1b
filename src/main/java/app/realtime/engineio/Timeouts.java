package app.realtime.engineio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One time-out for many, which most of them end before: each has the same time, so the one that began first is due first,
 * and one alarm serves all. Thread-safe, guarded by its own lock, which is not held while it tells of those that are late.
 *
 * @param <T> what has the time-out; compared by {@code equals}
 */
public final class Timeouts<T> {

    private final long timeout;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Consumer<T> late;
    /** When they are due, in nanoseconds; in the order in which they began. */
    private final Map<T, Long> waiting = new LinkedHashMap<>();

    private boolean alarmSet;

    /** @param late told of each one that was not ended in time, on the timer's thread; must not block */
    public Timeouts(Duration timeout, ScheduledExecutorService timer, Consumer<T> late) {
        this(timeout, timer, System::nanoTime, late);
    }

    Timeouts(Duration timeout, ScheduledExecutorService timer, LongSupplier nanoTime, Consumer<T> late) {
        this.timeout = timeout.toNanos();
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.late = late;
    }

    /** To be called once for each. */
    public synchronized void begin(T one) {
        if (!alarmSet) {
            setAlarm(timeout);
        }
        waiting.put(one, nanoTime.getAsLong() + timeout);
    }

    /** It is not late any more; nothing happens if it was, or has not begun. */
    public synchronized void end(T one) {
        waiting.remove(one);
    }

    private void setAlarm(long nanos) {
        timer.schedule(() -> takeLate().forEach(late), nanos, TimeUnit.NANOSECONDS);
        alarmSet = true;
    }

    private synchronized List<T> takeLate() {
        alarmSet = false;
        long now = nanoTime.getAsLong();
        List<T> due = new ArrayList<>();
        Iterator<Map.Entry<T, Long>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext() && !alarmSet) {
            Map.Entry<T, Long> next = oldest.next();
            if (now - next.getValue() >= 0) {
                due.add(next.getKey());
                oldest.remove();
            } else {
                setAlarm(next.getValue() - now);
            }
        }
        return due;
    }
}
