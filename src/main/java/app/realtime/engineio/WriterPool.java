package app.realtime.engineio;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The threads that write to clients. A write waits for a client that reads slowly; for every thread that has been held
 * up so, {@link #replaceStalled} lets the pool grow by one, so that the others are served all the same.
 *
 * <p>Thread-safe. The threads are the pool's own, never the container's request threads.
 */
public final class WriterPool implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WriterPool.class.getName());
    private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int size;
    private final ConcurrentHashMap<Thread, Long> busySince = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** @param size how many threads serve clients that read; positive */
    public WriterPool(int size, ThreadFactory factory) {
        this.size = size;
        this.threads =
                new ThreadPoolExecutor(
                        size,
                        Integer.MAX_VALUE,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        factory,
                        (task, pool) -> task.run()) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        busySince.put(thread, System.nanoTime());
                    }

                    @Override
                    protected void afterExecute(Runnable task, Throwable failure) {
                        busySince.remove(Thread.currentThread());
                        if (failure != null) {
                            LOG.log(Level.SEVERE, "Writing to a client failed in an unforeseen way", failure);
                        }
                    }
                };
    }

    /** Runs the task soon; after {@link #close} on the caller's thread, so that whatever is left can still be closed. */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Makes up for threads that wait for slow clients. Called by the server's sweep. */
    void replaceStalled() {
        long now = System.nanoTime();
        int stalled = (int) busySince.values().stream()
                .filter(since -> now - since > STALLED_NANOS)
                .count();
        if (threads.getCorePoolSize() != size + stalled) {
            threads.setCorePoolSize(size + stalled);
        }
    }

    /** Finishes what is queued as far as it takes less than two seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
