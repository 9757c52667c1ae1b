package app.realtime.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Many websockets that are read by one thread, each of which can stop reading. Thread-safe; what is heard is told on the
 * crowd's own thread.
 */
final class Crowd implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Crowd.class.getName());

    private final int port;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<CrowdMember> members = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Crowd(int port) {
        this.port = port;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::read, "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects to the main namespace and joins rooms.
     *
     * @param receiveBuffer in bytes; 0 for the system's choice
     * @param listener is given each event and acknowledgement that comes later, as it came
     */
    CrowdMember join(String token, int receiveBuffer, BiConsumer<CrowdMember, String> listener, String... rooms) {
        CrowdMember member = new CrowdMember(this, port, receiveBuffer);
        members.add(member);
        member.join(token, rooms, listener);
        return member;
    }

    /** Runs the task on the thread that reads. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(key -> ((CrowdMember) key.attachment()).readable());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, "A crowd cannot be read any more", e);
            members.forEach(member -> member.broken(e));
        }
    }

    /** Breaks all connections off. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
