package app.realtime.engineio.websocket;

import app.realtime.engineio.protocol.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes what a server sends on a websocket (RFC 6455, section 5): each message as one frame, not masked. */
final class FrameEncoder {

    private static final int FINAL = 0x80;
    private static final int LARGEST_IN_ONE_BYTE = 125;
    private static final int LARGEST_IN_TWO_BYTES = 0xffff;
    private static final byte IN_TWO_BYTES = 126;
    private static final byte IN_EIGHT_BYTES = 127;

    private FrameEncoder() {}

    static void message(Frame message, OutputStream out) throws IOException {
        if (message instanceof Frame.Binary binary) {
            frame(Opcode.BINARY, binary.data(), out);
        } else if (message instanceof Frame.Text text) {
            frame(Opcode.TEXT, text.data().getBytes(StandardCharsets.UTF_8), out);
        }
    }

    /** @param data what the ping had */
    static void pong(byte[] data, OutputStream out) throws IOException {
        frame(Opcode.PONG, data, out);
    }

    /** @param code {@link CloseCode#NONE} to give none */
    static void close(int code, OutputStream out) throws IOException {
        byte[] data = code == CloseCode.NONE
                ? new byte[0]
                : ByteBuffer.allocate(Short.BYTES).putShort((short) code).array();
        frame(Opcode.CLOSE, data, out);
    }

    private static void frame(int opcode, byte[] payload, OutputStream out) throws IOException {
        out.write(header(opcode, payload.length));
        out.write(payload);
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
