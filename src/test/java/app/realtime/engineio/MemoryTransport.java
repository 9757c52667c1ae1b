package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A transport that ends in memory: keeps what it is given, and can be stalled or broken. As polling it takes a batch
 * for each {@link #poll}. Thread-safe.
 */
public final class MemoryTransport implements Transport {

    private final TransportName name;
    private final List<List<Packet>> batches = new ArrayList<>();
    private final List<Boolean> compressed = new ArrayList<>();
    private final List<Boolean> leaves = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private final AtomicInteger writers = new AtomicInteger();
    private volatile boolean overlapped;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Exception failure;
    private volatile Runnable onWrite = () -> {};
    private volatile boolean mayWait = true;
    private boolean pollWaits;
    private boolean full;
    private boolean fills;
    private int stalled;

    private MemoryTransport(TransportName name) {
        this.name = name;
    }

    public static MemoryTransport webSocket() {
        return new MemoryTransport(TransportName.WEBSOCKET);
    }

    public static MemoryTransport polling() {
        return new MemoryTransport(TransportName.POLLING);
    }

    /** A poll has come; the session is still to be told. */
    public synchronized void poll() {
        pollWaits = true;
    }

    /** The websocket takes the next write only in part, and is not writable then. */
    public synchronized void fillWithNextWrite() {
        fills = true;
    }

    /** It will never be stalled. */
    public void neverWaits() {
        mayWait = false;
    }

    /** From now on writes wait until {@link #resume}. */
    public void stall() {
        gate = new CountDownLatch(1);
    }

    public void resume() {
        gate.countDown();
    }

    /** From now on writes fail in this way. */
    public void breakWith(Exception cause) {
        failure = cause;
    }

    /** Runs at the beginning of each write, on the writer's thread. */
    public void onWrite(Runnable action) {
        onWrite = action;
    }

    @Override
    public TransportName name() {
        return name;
    }

    @Override
    public synchronized boolean isWritable() {
        return name == TransportName.WEBSOCKET ? !full : pollWaits;
    }

    @Override
    public boolean mayWait() {
        return mayWait;
    }

    @Override
    public void write(Batch batch) throws IOException {
        if (writers.incrementAndGet() > 1) {
            overlapped = true;
        }
        try {
            onWrite.run();
            awaitGate();
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof IOException broken) {
                throw broken;
            }
            synchronized (this) {
                if (!isWritable()) {
                    throw new IOException("no poll waits");
                }
                pollWaits = false;
                full |= fills;
                batches.add(batch.packets());
                compressed.add(batch.compress());
                notifyAll();
            }
        } finally {
            writers.decrementAndGet();
        }
    }

    private void awaitGate() throws IOException {
        synchronized (this) {
            stalled++;
            notifyAll();
        }
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            synchronized (this) {
                stalled--;
            }
        }
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closes.add(reason);
        pollWaits = false;
        notifyAll();
    }

    @Override
    public synchronized void leave(boolean noopOwed) {
        leaves.add(noopOwed);
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** For each time that the session left: whether it owed a noop. */
    public synchronized List<Boolean> leaves() {
        return List.copyOf(leaves);
    }

    /** For each batch: whether it was worth compressing. */
    public synchronized List<Boolean> compressed() {
        return List.copyOf(compressed);
    }

    /** Whether a write waits at this moment. */
    public synchronized boolean isStalled() {
        return stalled > 0;
    }

    public boolean hasOverlapped() {
        return overlapped;
    }

    public synchronized boolean isClosed() {
        return !closes.isEmpty();
    }

    public synchronized List<CloseReason> closes() {
        return List.copyOf(closes);
    }

    /** Everything that was written, in order. */
    public synchronized List<Packet> written() {
        return batches.stream().flatMap(List::stream).toList();
    }

    public synchronized List<List<Packet>> batches() {
        return List.copyOf(batches);
    }

    /** The messages of text among what was written. */
    public List<String> texts() {
        return written().stream()
                .filter(Packet.Text.class::isInstance)
                .map(packet -> ((Packet.Text) packet).data())
                .toList();
    }
}
