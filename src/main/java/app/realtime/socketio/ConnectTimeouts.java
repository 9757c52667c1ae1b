package app.realtime.socketio;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes sessions that are connected to nothing for too long, with one alarm for all: each has the same time, so the one
 * that came first is due first. Thread-safe, guarded by its own lock, which is not held while a session is closed.
 */
final class ConnectTimeouts {

    private final long timeout;
    private final ScheduledExecutorService timer;
    /** When they are due, in nanoseconds; in the order in which they came. */
    private final Map<Session, Long> waiting = new LinkedHashMap<>();

    private boolean alarmSet;

    ConnectTimeouts(Duration timeout, ScheduledExecutorService timer) {
        this.timeout = timeout.toNanos();
        this.timer = timer;
    }

    synchronized void begin(Session session) {
        if (!alarmSet) {
            setAlarm(timeout);
        }
        waiting.put(session, System.nanoTime() + timeout);
    }

    /** It is connected to something, or has gone. */
    synchronized void end(Session session) {
        waiting.remove(session);
    }

    private void setAlarm(long nanos) {
        timer.schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
        alarmSet = true;
    }

    private void ring() {
        takeLate().forEach(session -> session.close(CloseReason.FORCED_CLOSE));
    }

    private synchronized List<Session> takeLate() {
        alarmSet = false;
        long now = System.nanoTime();
        List<Session> late = new ArrayList<>();
        Iterator<Map.Entry<Session, Long>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext() && !alarmSet) {
            Map.Entry<Session, Long> next = oldest.next();
            if (now - next.getValue() >= 0) {
                late.add(next.getKey());
                oldest.remove();
            } else {
                setAlarm(next.getValue() - now);
            }
        }
        return late;
    }
}
