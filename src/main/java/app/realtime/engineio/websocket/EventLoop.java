package app.realtime.engineio.websocket;

import app.realtime.engineio.TaskWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
 * Waits for the sockets of many connections, and has each of them served, on one thread. What clients send is handled
 * there to its end. Nobody there should wait for anything; if somebody does all the same, {@link #replaceStalled} has
 * another thread go on for all others.
 *
 * <p>Thread-safe.
 */
final class EventLoop implements AutoCloseable {

    /** A connection of the loop. */
    interface Member {

        /**
         * Does what its socket is ready for. On the loop's thread, seldom on two at a time.
         *
         * @param buffer the thread's own, with an array
         */
        void ready(ByteBuffer buffer);

        void close();
    }

    private static final Logger LOG = Logger.getLogger(EventLoop.class.getName());
    private static final int BUFFER_BYTES = 16 << 10;

    private final ThreadFactory threads;
    private final Selector selector;
    /** Those that are ready and have not been served. */
    private final Queue<SelectionKey> ready = new ConcurrentLinkedQueue<>();
    /** Whoever is not the leader any more ends when it comes back from what it was held up by. */
    private volatile Leader leader;

    /** @param threads not virtual ones: the selector keeps its thread */
    EventLoop(ThreadFactory threads) {
        this.threads = threads;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("No selector could be opened", e);
        }
        lead();
    }

    private void lead() {
        leader = new Leader();
        threads.newThread(leader).start();
    }

    /** For nothing yet. */
    SelectionKey register(SocketChannel channel, Member member) throws ClosedChannelException {
        return channel.register(selector, 0, member);
    }

    /** To be called after each change of what a member waits for. */
    void wakeUp() {
        selector.wakeup();
    }

    /** How many connections it has. */
    int size() {
        try {
            return selector.keys().size();
        } catch (ClosedSelectorException e) {
            return 0;
        }
    }

    /** To be called several times a second, by one thread. */
    void replaceStalled() {
        if (leader.watch.hasStalled(System.nanoTime()) && selector.isOpen()) {
            LOG.fine("A listener waits for something: another thread reads from its neighbours");
            lead();
        }
    }

    /** Closes all connections that it still has. */
    @Override
    public void close() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            selector.keys().forEach(key -> member(key).close());
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The selector did not close in an orderly way", e);
        }
    }

    private static Member member(SelectionKey key) {
        return (Member) key.attachment();
    }

    /** The thread that waits and serves. */
    private final class Leader implements Runnable {

        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        private final TaskWatch watch = new TaskWatch();

        @Override
        public void run() {
            try {
                while (leader == this && selector.isOpen()) {
                    SelectionKey next = ready.poll();
                    if (next == null) {
                        // With an interrupt left behind by a listener, or sent by the container, it would not wait.
                        Thread.interrupted();
                        selector.select(ready::add);
                    } else {
                        serve(next);
                    }
                }
            } catch (IOException e) {
                LOG.log(Level.SEVERE, "Nobody reads from this loop's websockets any more", e);
            } catch (ClosedSelectorException e) {
                LOG.log(Level.FINEST, "Closed while it waited", e);
            }
        }

        private void serve(SelectionKey key) {
            watch.begin();
            try {
                member(key).ready(buffer);
            } catch (CancelledKeyException e) {
                LOG.log(Level.FINEST, "A connection ends", e);
            } catch (RuntimeException | Error e) {
                // Whatever it is, the thread stays for the others.
                LOG.log(Level.SEVERE, "A websocket failed in an unforeseen way", e);
                member(key).close();
            } finally {
                watch.end();
            }
        }
    }
}
