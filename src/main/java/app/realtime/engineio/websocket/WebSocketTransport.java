package app.realtime.engineio.websocket;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What leaves on a websocket, and its end. What the peer does not take at once stays here, and the transport is not
 * writable until it has gone.
 *
 * <p>Thread-safe. {@link #writing} guards what is unsent, and keeps writes apart from each other and from the end of the
 * connection: by a {@link StreamConnection} a write may wait for its peer, and on Liberty a connection that is closed
 * meanwhile gives its buffers away while they are written from. So whoever holds the lock last does what the others left
 * to be done; nobody waits for it but {@link #gone}.
 */
final class WebSocketTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(WebSocketTransport.class.getName());

    /** How long a peer that has been told may take to close its side, and to read why. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private static final int NOT_CLOSING = 0;

    private final Connection connection;
    private final Codec codec;
    private final EngineServer server;

    private final ReentrantLock writing = new ReentrantLock();
    /** Guarded by {@link #writing}. */
    private final Unsent unsent = new Unsent();
    /** Whether something is unsent after a write. Written under {@link #writing}. */
    private volatile boolean blocked;
    /** How often the peer has taken something that it had not taken at once. Written under {@link #writing}. */
    private volatile long taken;
    /** The close code that the peer is to be told, once there is one. */
    private final AtomicInteger closing = new AtomicInteger(NOT_CLOSING);
    /** What the latest ping had that has not been answered; earlier ones need no answer (RFC 6455, section 5.5.3). */
    private final AtomicReference<byte[]> ping = new AtomicReference<>();

    private final AtomicBoolean pongQueued = new AtomicBoolean();
    /** Whether reading has begun: before, Liberty does not close a connection. */
    private volatile boolean reading;
    /** Whether there is nothing to wait for any more from the peer. */
    private volatile boolean peerDone;
    /** Whether the peer is not waited for to take what is unsent. */
    private volatile boolean abandoned;
    /** The two are written under {@link #writing}. */
    private volatile boolean farewellSaid;

    private volatile boolean gone;

    private volatile Runnable onWritable = () -> {};

    /** Itself until it is gone; what the timer holds, so that it does not hold what is over. */
    private final AtomicReference<WebSocketTransport> lingering = new AtomicReference<>(this);

    WebSocketTransport(Connection connection, Codec codec, EngineServer server) {
        this.connection = connection;
        this.codec = codec;
        this.server = server;
    }

    /** What to do, on a writer, when the peer takes bytes again. */
    void onWritable(Runnable action) {
        onWritable = action;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return !blocked;
    }

    @Override
    public boolean mayWait() {
        return connection.mayWait();
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void write(Batch batch) throws IOException {
        writing.lock();
        try {
            if (isClosing()) {
                throw new IOException("the websocket is being closed");
            }
            for (Packet packet : batch.packets()) {
                FrameEncoder.message(codec.encode(packet), unsent);
            }
            flush();
        } finally {
            writing.unlock();
            settle();
        }
    }

    /** Under {@link #writing}. */
    private void flush() throws IOException {
        try {
            unsent.sendTo(connection);
        } catch (IOException e) {
            broken();
            throw e;
        } catch (RuntimeException e) {
            // A connection that has ended meanwhile shows in several unchecked ways.
            broken();
            throw new IOException("the websocket is closed", e);
        }
        blocked = !unsent.isEmpty();
        if (blocked) {
            connection.whenWritable(() -> server.onWriter(this::resume));
        }
    }

    private void resume() {
        writing.lock();
        try {
            if (blocked && !gone) {
                taken++;
                flush();
            }
        } catch (IOException e) {
            LOG.log(Level.FINEST, "A peer has gone that had not taken all", e);
        } finally {
            writing.unlock();
            settle();
        }
        if (!blocked) {
            onWritable.run();
        }
    }

    boolean isClosing() {
        return gone || closing.get() != NOT_CLOSING;
    }

    private void broken() {
        closing.compareAndSet(NOT_CLOSING, CloseCode.NORMAL);
        farewellSaid = true;
        peerDone = true;
        unsent.clear();
        blocked = false;
    }

    /** A peer that has not taken what is unsent is not told, if that is why it is closed. */
    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.SLOW_CONSUMER || reason == CloseReason.PING_TIMEOUT) {
            abandoned = true;
        }
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

    /** The peer sends nothing more, without having said so. */
    void peerGone() {
        peerDone = true;
        closeSoon(CloseCode.NORMAL);
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
        unsent.clear();
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
                connection.close();
            }
        }
    }

    private boolean isDue() {
        boolean pongDue = ping.get() != null && !blocked;
        boolean farewellDue = closing.get() != NOT_CLOSING && !farewellSaid;
        return !gone && (pongDue || farewellDue || (abandoned && blocked) || mayEnd());
    }

    private boolean mayEnd() {
        return farewellSaid && !blocked && peerDone && reading;
    }

    private void doWhatIsDue() {
        if (gone) {
            return;
        }
        try {
            if (abandoned && blocked) {
                connection.forgetUnsent();
                broken();
            } else if (closing.get() != NOT_CLOSING && !farewellSaid) {
                sayFarewell();
            } else if (!farewellSaid && !blocked) {
                answerPing();
            }
        } catch (IOException e) {
            LOG.log(Level.FINEST, "A peer could not be answered", e);
        }
        if (farewellSaid) {
            ping.set(null);
        }
    }

    private void sayFarewell() throws IOException {
        farewellSaid = true;
        FrameEncoder.close(closing.get(), unsent);
        flush();
        if (!peerDone || blocked) {
            AtomicReference<WebSocketTransport> held = lingering;
            server.after(LINGER, () -> giveUpOnPeer(held.get()));
        }
    }

    private void answerPing() throws IOException {
        byte[] data = ping.getAndSet(null);
        if (data != null) {
            FrameEncoder.pong(data, unsent);
            flush();
        }
    }

    private static void giveUpOnPeer(WebSocketTransport transport) {
        if (transport != null) {
            transport.abandoned = true;
            transport.peerDone = true;
            transport.server.onWriter(transport::settle);
        }
    }
}
