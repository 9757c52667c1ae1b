package app.realtime.engineio.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Bytes on their way to one peer, in pieces that are shared with others and not copied until they leave. Guarded by its
 * transport's lock.
 */
final class Unsent {

    /** As much as goes with one system call; the pages are the thread's own, and are used again by its next write. */
    private static final int BUFFER_BYTES = 64 << 10;

    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(4);
    /** How much of the first piece has left. */
    private int begun;

    void add(byte[] piece) {
        if (piece.length > 0) {
            pieces.add(piece);
        }
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    void clear() {
        pieces.clear();
        begun = 0;
    }

    /** Sends what the peer takes now. */
    void sendTo(Connection connection) throws IOException {
        ByteBuffer buffer = BUFFERS.get();
        while (!pieces.isEmpty()) {
            fill(buffer.clear());
            int offered = buffer.flip().remaining();
            connection.send(buffer);
            int left = buffer.remaining();
            remove(offered - left);
            if (left > 0) {
                return;
            }
        }
    }

    private void fill(ByteBuffer buffer) {
        int from = begun;
        for (byte[] piece : pieces) {
            int count = Math.min(piece.length - from, buffer.remaining());
            if (count == 0) {
                return;
            }
            buffer.put(piece, from, count);
            from = 0;
        }
    }

    private void remove(int count) {
        int left = count;
        while (left > 0) {
            int rest = pieces.element().length - begun;
            if (left < rest) {
                begun += left;
                return;
            }
            pieces.remove();
            begun = 0;
            left -= rest;
        }
    }
}
