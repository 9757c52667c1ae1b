package app.realtime.engineio.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A peer that takes all, or as many bytes as it is told to. Thread-safe. */
final class SlowConnection implements Connection {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Runnable> waiting = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int calls;
    private boolean broken;
    private boolean forgotten;
    private boolean closed;

    /** From now on no more than so many bytes. */
    synchronized void take(int bytes) {
        room = bytes;
    }

    synchronized void breakOff() {
        broken = true;
    }

    /** Takes so many bytes more, and says so. */
    void goOn(int bytes) {
        List<Runnable> told;
        synchronized (this) {
            room = bytes;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(Runnable::run);
    }

    synchronized boolean isAwaited() {
        return !waiting.isEmpty();
    }

    synchronized boolean hasForgotten() {
        return forgotten;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized byte[] sent() {
        return sent.toByteArray();
    }

    String hex() {
        return HexFormat.of().formatHex(sent());
    }

    synchronized int calls() {
        return calls;
    }

    @Override
    public boolean mayWait() {
        return false;
    }

    @Override
    public synchronized void send(ByteBuffer bytes) throws IOException {
        calls++;
        if (broken) {
            throw new IOException("broken off");
        }
        byte[] taken = new byte[Math.min(room, bytes.remaining())];
        bytes.get(taken);
        sent.writeBytes(taken);
        room -= taken.length;
    }

    @Override
    public synchronized void whenWritable(Runnable task) {
        waiting.add(task);
    }

    @Override
    public synchronized void forgetUnsent() {
        forgotten = true;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
