package app.realtime.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Numbered events that go to a room by one instance's HTTP API, one after the other, until it is closed. A thread of its own
 * sends them; what is told of them is volatile and written by that thread alone.
 */
final class SteadyBroadcast implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(15);

    private final Instance instance;
    private final String room;
    private final int name;
    private final CompletableFuture<Void> done;
    private volatile int sent;
    private volatile Duration slowest = Duration.ZERO;
    private volatile boolean closed;

    /** @param name tells its events from those of others: {@code from} */
    SteadyBroadcast(Instance instance, String room, int name) {
        this.instance = instance;
        this.room = room;
        this.name = name;
        this.done = CompletableFuture.runAsync(this::send, task -> new Thread(task, "broadcast-" + name).start());
    }

    private void send() {
        while (!closed) {
            long begin = System.nanoTime();
            instance.broadcast(room, "note", "{\"from\":" + name + ",\"n\":" + sent + "}");
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            sent = sent + 1;
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** How many were answered: the number of the next, or of the one under way. */
    int sent() {
        return sent;
    }

    /** The longest that an answer took. */
    Duration slowest() {
        return slowest;
    }

    /** @throws java.util.concurrent.CompletionException if a broadcast was refused */
    @Override
    public void close() {
        closed = true;
        done.join();
    }
}
