package app.realtime.engineio.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The connection to one peer, as its websocket needs it. Bytes are sent by one thread at a time. */
interface Connection {

    /** Whether {@link #send} waits until the peer has taken all. */
    boolean mayWait();

    /** Sends as many bytes as the peer takes now, or waits. */
    void send(ByteBuffer bytes) throws IOException;

    /** Runs the task, which must not block, once the peer takes bytes again, or is known to have gone. On any thread. */
    void whenWritable(Runnable task);

    /** From now on the connection ends without what its peer has not taken yet. */
    void forgetUnsent();

    /** Ends it at once; what has been sent still arrives. On any thread; without effect on one that has ended. */
    void close();
}
