package app.realtime.engineio.websocket;

import java.io.ByteArrayOutputStream;

/**
 * Puts the frames of one websocket's binary messages together, up to a limit; a message of a single frame passes
 * uncopied. Owned by the thread on which the container delivers frames, one at a time.
 */
final class FrameAssembly {

    /** What there is after a frame. */
    sealed interface State {}

    /** The message is whole. */
    record Complete(byte[] message) implements State {}

    /** More frames are to come. */
    record Incomplete() implements State {}

    /** The message is larger than it may be: nothing of it, or after it, is of use. */
    record TooLarge() implements State {}

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private boolean over;

    FrameAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    State add(byte[] part, boolean last) {
        if (over || (long) bytes.size() + part.length > maxBytes) {
            over = true;
            bytes.reset();
            return new TooLarge();
        }
        if (last && bytes.size() == 0) {
            return new Complete(part);
        }
        bytes.writeBytes(part);
        if (!last) {
            return new Incomplete();
        }
        byte[] whole = bytes.toByteArray();
        bytes.reset();
        return new Complete(whole);
    }
}
