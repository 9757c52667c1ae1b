package app.realtime.engineio.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Waits for peers that have stopped reading to take bytes again: one thread for all of them, which sleeps while there are
 * none.
 *
 * <p>Thread-safe. Keys and what is attached to them belong to the selector's thread.
 */
final class WriteSelector implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WriteSelector.class.getName());
    /** A channel that was closed elsewhere holds its file descriptor until its key has been looked at. */
    private static final long CLEANING_MILLIS = 1_000;

    private record Waiting(SocketChannel channel, Runnable task) {}

    private final Queue<Waiting> arrivals = new ConcurrentLinkedQueue<>();
    private final Selector selector;

    WriteSelector(ThreadFactory threads) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("No selector could be opened", e);
        }
        threads.newThread(this::run).start();
    }

    /** Runs the task on the selector's thread when the channel takes bytes again, or is closed. */
    void await(SocketChannel channel, Runnable task) {
        arrivals.add(new Waiting(channel, task));
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    private void run() {
        try (selector) {
            while (selector.isOpen()) {
                selector.select(this::writable, selector.keys().isEmpty() ? 0 : CLEANING_MILLIS);
                for (Waiting next = arrivals.poll(); next != null; next = arrivals.poll()) {
                    register(next);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "Nobody looks after websockets that wait for their peers any more", e);
        } catch (ClosedSelectorException e) {
            LOG.log(Level.FINEST, "Closed while it waited", e);
        }
    }

    private void register(Waiting waiting) {
        try {
            SelectionKey key = waiting.channel().keyFor(selector);
            if (key == null) {
                waiting.channel().register(selector, SelectionKey.OP_WRITE, waiting.task());
            } else {
                key.attach(waiting.task());
                key.interestOps(SelectionKey.OP_WRITE);
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            LOG.log(Level.FINEST, "A connection has ended already", e);
            run(waiting.task());
        }
    }

    private void writable(SelectionKey key) {
        Runnable task = (Runnable) key.attach(null);
        try {
            key.interestOps(0);
        } catch (CancelledKeyException e) {
            LOG.log(Level.FINEST, "A connection ends", e);
        }
        if (task != null) {
            run(task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "A websocket that may go on could not", e);
        }
    }

    /** Nobody who waits is told. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The selector did not close in an orderly way", e);
        }
    }
}
