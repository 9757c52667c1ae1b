package app.realtime.engineio.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes' way to one peer. Used by one thread at a time. */
interface ByteOutput {

    /** Whether {@link #send} waits until the peer has taken all. */
    boolean mayWait();

    /** Sends as many bytes as the peer takes now, or waits. */
    void send(ByteBuffer bytes) throws IOException;

    /** Runs the task, which must not block, once the peer takes bytes again, or is known to have gone. On any thread. */
    void whenWritable(Runnable task);

    /** From now on the peer's connection ends without what it has not taken yet. */
    void forgetUnsent();
}
