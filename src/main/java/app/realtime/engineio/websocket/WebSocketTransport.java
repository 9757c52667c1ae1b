package app.realtime.engineio.websocket;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Frame;
import app.realtime.engineio.protocol.Packet;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A websocket. A write waits for the peer, but only for so long.
 *
 * <p>The container's synchronous send would be cheaper, but on Liberty it waits without limit, and for good when the
 * connection breaks while it waits (docs/adr). Thread-safe: {@link #writing} keeps sends apart, because overlapping sends
 * are forbidden by the Jakarta WebSocket specification (2.2, section 2.3) and get lost on Liberty. The connection is
 * closed by whoever holds that lock last: Liberty does not release a connection that is closed during a send.
 */
final class WebSocketTransport implements Transport {

    /** A peer that takes nothing for so long is gone. */
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);

    /** The container keeps the time; this only makes sure that a writer returns if it should ever fail to. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final jakarta.websocket.Session socket;
    private final RemoteEndpoint.Async remote;
    private final Codec codec;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Set once the websocket is to be closed, to the code that the peer is told. */
    private final AtomicReference<CloseCodes> closing = new AtomicReference<>();

    WebSocketTransport(jakarta.websocket.Session socket, Codec codec) {
        this.socket = socket;
        this.codec = codec;
        this.remote = socket.getAsyncRemote();
        this.remote.setSendTimeout(SEND_TIMEOUT.toMillis());
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
            for (Packet packet : batch.packets()) {
                if (closing.get() != null) {
                    throw new IOException("the websocket is being closed");
                }
                await(send(packet));
            }
        } catch (RuntimeException e) {
            // The container reports a socket that is closed, or being closed, in several unchecked ways.
            throw new IOException("the websocket is closed", e);
        } finally {
            writing.unlock();
            closeIfDue();
        }
    }

    private Future<Void> send(Packet packet) {
        Frame frame = codec.encode(packet);
        return frame instanceof Frame.Binary binary
                ? remote.sendBinary(ByteBuffer.wrap(binary.data()))
                : remote.sendText(((Frame.Text) frame).data());
    }

    private static void await(Future<Void> sent) throws IOException {
        try {
            sent.get(SEND_TIMEOUT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the peer does not take what is sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close(CloseReason reason) {
        close(CloseCodes.NORMAL_CLOSURE);
    }

    /** Tells the peer that its message was larger than it may be. */
    void closeTooBig() {
        close(CloseCodes.TOO_BIG);
    }

    /** The first call's code is the one that is sent. */
    private void close(CloseCodes code) {
        closing.compareAndSet(null, code);
        closeIfDue();
    }

    /** Closes now, unless somebody writes, who then does it afterwards. */
    private void closeIfDue() {
        CloseCodes code = closing.get();
        if (code != null && writing.tryLock()) {
            try {
                if (closed.compareAndSet(false, true)) {
                    socket.close(new jakarta.websocket.CloseReason(code, ""));
                }
            } catch (IOException | RuntimeException e) {
                // Closed already, which is what was wanted.
                closed.set(true);
            } finally {
                writing.unlock();
            }
        }
    }
}
