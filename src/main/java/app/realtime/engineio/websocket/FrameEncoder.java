package app.realtime.engineio.websocket;

import app.realtime.engineio.protocol.Frame;
import java.nio.ByteBuffer;

/**
 * What a server sends on a websocket (RFC 6455, section 5): each message as one frame, not masked. The payload is not
 * copied: the same bytes can go to many. Stateless.
 */
final class FrameEncoder {

    private static final int FINAL = 0x80;
    private static final int LARGEST_IN_ONE_BYTE = 125;
    private static final int LARGEST_IN_TWO_BYTES = 0xffff;
    private static final byte IN_TWO_BYTES = 126;
    private static final byte IN_EIGHT_BYTES = 127;

    private FrameEncoder() {}

    static void message(Frame message, Unsent unsent) {
        frame(message instanceof Frame.Binary ? Opcode.BINARY : Opcode.TEXT, message.payload(), unsent);
    }

    /** @param data what the ping had */
    static void pong(byte[] data, Unsent unsent) {
        frame(Opcode.PONG, data, unsent);
    }

    /** @param code {@link CloseCode#NONE} to give none */
    static void close(int code, Unsent unsent) {
        byte[] data = code == CloseCode.NONE
                ? new byte[0]
                : ByteBuffer.allocate(Short.BYTES).putShort((short) code).array();
        frame(Opcode.CLOSE, data, unsent);
    }

    private static void frame(int opcode, byte[] payload, Unsent unsent) {
        unsent.add(header(opcode, payload.length));
        unsent.add(payload);
    }

    private static byte[] header(int opcode, int length) {
        byte first = (byte) (FINAL | opcode);
        if (length <= LARGEST_IN_ONE_BYTE) {
            return new byte[] {first, (byte) length};
        }
        if (length <= LARGEST_IN_TWO_BYTES) {
            return new byte[] {first, IN_TWO_BYTES, (byte) (length >> Byte.SIZE), (byte) length};
        }
        return ByteBuffer.allocate(2 + Long.BYTES)
                .put(first)
                .put(IN_EIGHT_BYTES)
                .putLong(length)
                .array();
    }
}
