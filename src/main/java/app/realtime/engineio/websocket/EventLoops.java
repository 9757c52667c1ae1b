package app.realtime.engineio.websocket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One loop for each core; connections go to them in turn. Thread-safe. */
final class EventLoops implements AutoCloseable {

    private final List<EventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    EventLoops(int count, ThreadFactory threads) {
        loops = IntStream.range(0, count)
                .mapToObj(unused -> new EventLoop(threads))
                .toList();
    }

    EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    void replaceStalled() {
        loops.forEach(EventLoop::replaceStalled);
    }

    /** Returns when the last connection has ended, or that time is over. */
    void awaitNoConnections(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (loops.stream().anyMatch(loop -> loop.size() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
