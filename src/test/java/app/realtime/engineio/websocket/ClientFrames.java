package app.realtime.engineio.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them: masked. */
final class ClientFrames {

    static final int FINAL = 0x80;
    private static final byte[] KEY = {0x12, (byte) 0x94, 0x00, 0x7f};
    private static final int MASKED = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The length in the shortest form. */
    ClientFrames add(int first, byte[] payload) {
        if (payload.length <= 125) {
            return add(first, payload.length, new byte[0], payload);
        }
        return payload.length <= 0xffff
                ? add(
                        first,
                        126,
                        ByteBuffer.allocate(2).putShort((short) payload.length).array(),
                        payload)
                : add(first, 127, ByteBuffer.allocate(8).putLong(payload.length).array(), payload);
    }

    ClientFrames add(int first, String payload) {
        return add(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** With a length that need not be the payload's. */
    ClientFrames add(int first, int second, byte[] length, byte[] payload) {
        bytes.write(first);
        bytes.write(MASKED | second);
        bytes.writeBytes(length);
        bytes.writeBytes(KEY);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ KEY[i & 3]);
        }
        return this;
    }

    /** Bytes as they are. */
    ClientFrames raw(int... some) {
        for (int each : some) {
            bytes.write(each);
        }
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
