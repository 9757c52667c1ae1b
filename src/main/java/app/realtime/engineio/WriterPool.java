package app.realtime.engineio;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The threads that write to clients. A broadcast brings one short task for each of thousands of clients at once, so
 * giving and taking one needs no lock, and wakes nobody while somebody is on the way to the queue already.
 *
 * <p>Where a write waits for a client, {@link #replaceStalled} lets the pool grow by two for each thread that is held up
 * so, and the others are served all the same.
 *
 * <p>Thread-safe. The threads are the pool's own, never the container's request threads.
 */
public final class WriterPool implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WriterPool.class.getName());
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int size;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<Writer> writers = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedDeque<Writer> resting = new ConcurrentLinkedDeque<>();
    /** Those who have been woken and have not found a task yet: while there are any, nobody else needs to be. */
    private final AtomicInteger searching = new AtomicInteger();

    private volatile int wanted;
    private volatile boolean closed;

    /** @param size how many threads serve clients that read; positive */
    public WriterPool(int size, ThreadFactory factory) {
        this.size = size;
        this.factory = factory;
        grow(size);
    }

    /** Runs the task soon; after {@link #close} on the caller's thread, so that whatever is left can still be closed. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (closed && tasks.remove(task)) {
            task.run();
        } else {
            wakeOne();
        }
    }

    private void wakeOne() {
        if (searching.get() == 0) {
            Writer writer = resting.pollFirst();
            if (writer != null) {
                searching.incrementAndGet();
                writer.wake();
            }
        }
    }

    /** Makes up for threads that wait for slow clients. Called by the server's sweep, on one thread. */
    void replaceStalled() {
        long now = System.nanoTime();
        int stalled = 0;
        for (Writer writer : writers) {
            if (writer.watch.hasStalled(now)) {
                stalled++;
            }
        }
        // Twice, so that many who stall at once are soon outnumbered.
        grow(size + 2 * stalled);
    }

    private void grow(int target) {
        wanted = target;
        while (!closed && writers.size() < target) {
            Writer writer = new Writer();
            writers.add(writer);
            writer.thread.start();
        }
    }

    /** Finishes what is queued as far as it takes less than two seconds. */
    @Override
    public void close() {
        closed = true;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        writers.forEach(writer -> LockSupport.unpark(writer.thread));
        try {
            for (Writer writer : writers) {
                writer.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.forEach(writer -> writer.thread.interrupt());
    }

    private final class Writer implements Runnable {

        private final Thread thread = factory.newThread(this);
        private volatile boolean called;
        private final TaskWatch watch = new TaskWatch();

        @Override
        public void run() {
            boolean searches = false;
            boolean goOn = true;
            while (goOn) {
                Runnable task = tasks.poll();
                if (searches) {
                    searching.decrementAndGet();
                    if (!tasks.isEmpty()) {
                        wakeOne();
                    }
                }
                if (task != null) {
                    searches = false;
                    run(task);
                } else if (closed || writers.size() > wanted) {
                    goOn = false;
                } else {
                    searches = rest();
                }
            }
            writers.remove(this);
            if (!tasks.isEmpty()) {
                wakeOne();
            }
        }

        private void run(Runnable task) {
            watch.begin();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Whatever it is, the thread stays for the others.
                LOG.log(Level.SEVERE, "Writing to a client failed in an unforeseen way", e);
            } finally {
                watch.end();
                if (!closed) {
                    // With an interrupt left behind by a task, resting would be turning in circles.
                    Thread.interrupted();
                }
            }
        }

        /** Whether it has been woken to look for a task; not if one came while it lay down. */
        private boolean rest() {
            resting.addFirst(this);
            if ((!tasks.isEmpty() || closed) && resting.remove(this)) {
                return false;
            }
            while (!called) {
                LockSupport.park(this);
                if (closed && resting.remove(this)) {
                    return false;
                }
            }
            called = false;
            return true;
        }

        private void wake() {
            called = true;
            LockSupport.unpark(thread);
        }
    }
}
