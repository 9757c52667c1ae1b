package app.realtime.engineio.websocket;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What leaves on a websocket, and its end. A write waits for the peer, at most as long as the container lets it
 * ({@code upgradewritetimeout} in {@code server.xml}).
 *
 * <p>Thread-safe. {@link #writing} keeps writes apart, and from the end of the connection: on Liberty a connection that
 * is closed during a write gives its buffers away while they are written from, and the write never returns. So whoever
 * holds the lock last does what the others left to be done; nobody waits for it but {@link #gone}.
 */
final class WebSocketTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(WebSocketTransport.class.getName());

    /** How long a peer that has been told may take to close its side, and to read why. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private static final int NOT_CLOSING = 0;

    private final WebConnection connection;
    private final OutputStream out;
    private final Codec codec;
    private final EngineServer server;

    private final ReentrantLock writing = new ReentrantLock();
    /** The close code that the peer is to be told, once there is one. */
    private final AtomicInteger closing = new AtomicInteger(NOT_CLOSING);
    /** What the latest ping had that has not been answered; earlier ones need no answer (RFC 6455, section 5.5.3). */
    private final AtomicReference<byte[]> ping = new AtomicReference<>();

    private final AtomicBoolean pongQueued = new AtomicBoolean();
    /** Whether reading has begun: before, Liberty does not close a connection. */
    private volatile boolean reading;
    /** Whether there is nothing to wait for any more from the peer. */
    private volatile boolean peerDone;
    /** The two are written under {@link #writing}. */
    private volatile boolean farewellSent;

    private volatile boolean gone;

    /** Itself until it is gone; what the timer holds, so that it does not hold what is over. */
    private final AtomicReference<WebSocketTransport> lingering = new AtomicReference<>(this);

    WebSocketTransport(WebConnection connection, Codec codec, EngineServer server) throws IOException {
        this.connection = connection;
        this.out = connection.getOutputStream();
        this.codec = codec;
        this.server = server;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void write(Batch batch) throws IOException {
        writing.lock();
        try {
            if (isClosing()) {
                throw new IOException("the websocket is being closed");
            }
            writeAll(batch);
        } finally {
            writing.unlock();
            settle();
        }
    }

    private void writeAll(Batch batch) throws IOException {
        try {
            for (Packet packet : batch.packets()) {
                FrameEncoder.message(codec.encode(packet), out);
            }
            out.flush();
        } catch (IOException e) {
            broken();
            throw e;
        } catch (RuntimeException e) {
            // A connection that has ended meanwhile shows in several unchecked ways.
            broken();
            throw new IOException("the websocket is closed", e);
        }
    }

    boolean isClosing() {
        return gone || closing.get() != NOT_CLOSING;
    }

    private void broken() {
        closing.compareAndSet(NOT_CLOSING, CloseCode.NORMAL);
        farewellSent = true;
        peerDone = true;
    }

    @Override
    public void close(CloseReason reason) {
        closing.compareAndSet(NOT_CLOSING, CloseCode.NORMAL);
        settle();
    }

    /** Closes with a code of its own, soon, on another thread. Without effect if it is being closed already. */
    void closeSoon(int code) {
        closing.compareAndSet(NOT_CLOSING, code);
        server.onWriter(this::settle);
    }

    /** The peer has sent its close frame: it is answered with the same code. Does not wait. */
    void peerClosed(int code) {
        peerDone = true;
        closeSoon(code);
    }

    /** Answers a ping, soon, on another thread. */
    void pong(byte[] data) {
        ping.set(data);
        if (pongQueued.compareAndSet(false, true)) {
            server.onWriter(() -> {
                pongQueued.set(false);
                settle();
            });
        }
    }

    /** From now on the connection may be closed. */
    void readingHasBegun() {
        reading = true;
        if (closing.get() != NOT_CLOSING) {
            server.onWriter(this::settle);
        }
    }

    /**
     * The container closes the connection when this returns: waits for whoever writes. That is no longer than the
     * container's time-out for writes, and no time at all when the connection is broken, because then the write fails.
     */
    void gone() {
        writing.lock();
        gone = true;
        lingering.set(null);
        writing.unlock();
    }

    /** Does what is due, unless somebody writes, who then does it afterwards. */
    private void settle() {
        while (isDue() && writing.tryLock()) {
            boolean end;
            try {
                doWhatIsDue();
                end = !gone && mayEnd();
                gone |= end;
            } finally {
                writing.unlock();
            }
            if (end) {
                lingering.set(null);
                // Without the lock, which the container's own closing waits for in gone().
                Disconnection.of(connection);
            }
        }
    }

    private boolean isDue() {
        return !gone && (ping.get() != null || (closing.get() != NOT_CLOSING && !farewellSent) || mayEnd());
    }

    private boolean mayEnd() {
        return farewellSent && peerDone && reading;
    }

    private void doWhatIsDue() {
        byte[] data = ping.getAndSet(null);
        if (gone || farewellSent) {
            return;
        }
        try {
            if (closing.get() != NOT_CLOSING) {
                farewellSent = true;
                FrameEncoder.close(closing.get(), out);
                out.flush();
                if (!peerDone) {
                    AtomicReference<WebSocketTransport> held = lingering;
                    server.after(LINGER, () -> giveUpOnPeer(held.get()));
                }
            } else if (data != null) {
                FrameEncoder.pong(data, out);
                out.flush();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINEST, "A peer could not be answered", e);
            broken();
        }
    }

    private static void giveUpOnPeer(WebSocketTransport transport) {
        if (transport != null) {
            transport.peerDone = true;
            transport.server.onWriter(transport::settle);
        }
    }
}
