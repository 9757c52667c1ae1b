package app.realtime.kafka.consumer;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that process records: a fixed number, and one more for each that takes long, up to a limit. Thread-safe: the
 * count of these is guarded by this object's lock.
 */
public final class Workers implements Executor {

    static final int MAX_HANGING = 8;

    private final int size;
    private final ThreadPoolExecutor pool;
    private int hanging;

    public Workers(int size, ThreadFactory threads) {
        this.size = size;
        // After the end, lanes are closed and their last tasks have nothing to do.
        pool = new ThreadPoolExecutor(
                size,
                size,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** A thread takes long and gets a substitute; false if there are too many of them. */
    synchronized boolean substitute() {
        if (hanging == MAX_HANGING) {
            return false;
        }
        hanging++;
        pool.setMaximumPoolSize(size + hanging);
        pool.setCorePoolSize(size + hanging);
        return true;
    }

    /** A thread that had a substitute has come back. */
    synchronized void cameBack() {
        hanging--;
        pool.setCorePoolSize(size + hanging);
        pool.setMaximumPoolSize(size + hanging);
    }

    /** How many threads have a substitute now. */
    synchronized int hanging() {
        return hanging;
    }

    void shutdown() {
        pool.shutdownNow();
    }
}
