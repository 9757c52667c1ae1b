package app.realtime.engineio;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many sessions have more than half of what may wait for them. Whoever feeds many events at once can go slowly while
 * there are any. Thread-safe.
 */
final class Crowd {

    private final AtomicInteger sessions = new AtomicInteger();

    void enter() {
        sessions.incrementAndGet();
    }

    void leave() {
        sessions.decrementAndGet();
    }

    boolean isEmpty() {
        return sessions.get() == 0;
    }
}
