package app.realtime.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one thread that all clients of the load generator live on. {@link #execute} and {@link #close} may be called from
 * any thread; everything else belongs to the loop's thread.
 */
public final class Loop implements AutoCloseable {

    private static final long WAIT_MILLIS = 100;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(512 * 1024);
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean closed;
    private volatile Throwable failure;

    private Loop() throws IOException {
        this.selector = Selector.open();
    }

    public static Loop start() {
        try {
            Loop loop = new Loop();
            loop.thread.setDaemon(true);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException("No selector for the load generator", e);
        }
    }

    /** Runs a task on the loop's thread, soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** @throws IllegalStateException when the loop has died of a failure of its own */
    public void check() {
        if (failure != null) {
            throw new IllegalStateException("The load generator failed", failure);
        }
    }

    /** The buffer that all connections read into, empty. */
    ByteBuffer input() {
        return input.clear();
    }

    SelectionKey register(SocketChannel channel, int interest, Connection connection) throws ClosedChannelException {
        return channel.register(selector, interest, connection);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> ((Connection) key.attachment()).ready(), WAIT_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
