package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The container's connection, where its socket cannot be had: a write waits for the peer. */
final class StreamConnection implements Connection {

    private final WebConnection connection;
    private final OutputStream stream;

    StreamConnection(WebConnection connection) throws IOException {
        this.connection = connection;
        // Liberty does not close a connection that was not asked for it.
        this.stream = connection.getOutputStream();
    }

    @Override
    public boolean mayWait() {
        return true;
    }

    @Override
    public void send(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        stream.write(copy);
        stream.flush();
    }

    @Override
    public void whenWritable(Runnable task) {
        task.run();
    }

    /** The container has it, and gives it up when it closes the connection. */
    @Override
    public void forgetUnsent() {}

    @Override
    public void close() {
        LibertyConnection.disconnect(connection);
    }
}
