package app.realtime.engineio.websocket;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * An end of a {@link Tunnel}, under whose lock its state is, by the container's streams: where a connection's socket cannot be had,
 * as with TLS. The streams themselves are used by one thread for each direction, without the lock.
 */
final class StreamEnd implements Tunnel.End, ReadListener {

    private static final int BUFFER_BYTES = 8_192;

    private final Tunnel tunnel;
    private final WebConnection connection;
    private final ServletInputStream input;
    private final OutputStream output;
    private final Executor writers;
    private boolean sending;

    /** @param writers threads that may wait for a peer */
    StreamEnd(Tunnel tunnel, WebConnection connection, Executor writers) throws IOException {
        this.tunnel = tunnel;
        this.connection = connection;
        this.input = connection.getInputStream();
        this.output = connection.getOutputStream();
        this.writers = writers;
    }

    /** To be called once, on the thread that the container upgrades the connection on. */
    void begin() {
        input.setReadListener(this);
    }

    /** It is {@link #begin} that it waits for. */
    @Override
    public void joined() {}

    @Override
    public void send(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        sending = true;
        writers.execute(() -> write(copy));
    }

    private void write(byte[] bytes) {
        try {
            output.write(bytes);
            output.flush();
        } catch (IOException | RuntimeException e) {
            tunnel.failed(e);
            return;
        }
        synchronized (tunnel) {
            sending = false;
            tunnel.sent(this);
        }
    }

    @Override
    public boolean isSending() {
        return sending;
    }

    /** Liberty reads on by itself, and loses what a listener has not read: the tunnel bounds what may wait. */
    @Override
    public void read(boolean wanted) {}

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!input.isFinished() && input.isReady()) {
            int count = input.read(buffer);
            if (count < 0) {
                tunnel.finished(this);
                return;
            }
            tunnel.received(this, ByteBuffer.wrap(buffer, 0, count));
        }
    }

    @Override
    public void onAllDataRead() {
        tunnel.finished(this);
    }

    @Override
    public void onError(Throwable failure) {
        tunnel.failed(failure);
    }

    /** Elsewhere, since the container may hold locks of its own while it tells this end something. */
    @Override
    public void end() {
        writers.execute(() -> LibertyConnection.disconnect(connection));
    }
}
