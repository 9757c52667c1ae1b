package app.realtime.engineio.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** By the container's stream, where the connection's socket cannot be had: a write waits for the peer. */
final class StreamOutput implements ByteOutput {

    private final OutputStream stream;

    StreamOutput(OutputStream stream) {
        this.stream = stream;
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
}
