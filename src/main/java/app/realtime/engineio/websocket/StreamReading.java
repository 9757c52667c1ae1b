package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * Reads a websocket by the container's stream, where its socket cannot be had. The container calls one method at a time, on
 * its own threads; {@link #destroyed} may also come from a thread of ours that closes the connection.
 */
final class StreamReading implements ReadListener {

    private static final int BUFFER_BYTES = 8_192;

    private final ServletInputStream input;
    private final WebSocketTransport transport;
    private final WebSocketReceiver receiver;
    private final EngineServer server;

    StreamReading(
            ServletInputStream input, WebSocketTransport transport, WebSocketReceiver receiver, EngineServer server) {
        this.input = input;
        this.transport = transport;
        this.receiver = receiver;
        this.server = server;
    }

    void begin() {
        input.setReadListener(this);
        transport.readingHasBegun();
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!input.isFinished() && input.isReady()) {
            int count = input.read(buffer);
            if (count < 0) {
                receiver.close(CloseReason.TRANSPORT_CLOSE);
                return;
            }
            receiver.received(buffer, count);
        }
    }

    @Override
    public void onAllDataRead() {
        receiver.close(CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    public void onError(Throwable failure) {
        // A connection that this side closes meanwhile shows in several unchecked ways.
        if (failure instanceof IOException || transport.isClosing()) {
            receiver.close(CloseReason.TRANSPORT_CLOSE);
        } else {
            receiver.failed(failure);
        }
    }

    void destroyed() {
        transport.gone();
        // Whatever ended the connection, its session does not outlive it.
        server.onWriter(() -> receiver.close(CloseReason.TRANSPORT_CLOSE));
    }
}
