package app.realtime.engineio.websocket;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/** An upgraded connection whose peer takes all, or nothing until it is told. Thread-safe. */
final class MemoryConnection implements WebConnection {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile CountDownLatch mayFlush = new CountDownLatch(0);
    private volatile boolean broken;
    private volatile boolean closed;
    private int flushes;

    /** From now on a flush waits. */
    void stall() {
        mayFlush = new CountDownLatch(1);
    }

    void awaitStalledWrite() throws InterruptedException {
        stalled.await();
    }

    void goOn() {
        mayFlush.countDown();
    }

    void breakOff() {
        broken = true;
        goOn();
    }

    boolean isClosed() {
        return closed;
    }

    synchronized int flushes() {
        return flushes;
    }

    synchronized String sent() {
        return HexFormat.of().formatHex(sent.toByteArray());
    }

    @Override
    public ServletInputStream getInputStream() {
        throw new UnsupportedOperationException("Nothing is read here");
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("Writes are synchronous");
            }

            @Override
            public void write(int value) {
                synchronized (MemoryConnection.this) {
                    sent.write(value);
                }
            }

            @Override
            public void flush() throws IOException {
                if (mayFlush.getCount() > 0) {
                    stalled.countDown();
                }
                try {
                    mayFlush.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
                if (broken) {
                    throw new IOException("broken off");
                }
                synchronized (MemoryConnection.this) {
                    flushes++;
                }
            }
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
