package app.realtime.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Frames of a websocket (RFC 6455, section 5), right ones and wrong ones. For one thread. */
final class Frames {

    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final byte[] PING = {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'f'};

    private final Chance chance;
    private final Corpus corpus;

    Frames(Chance chance, Corpus corpus) {
        this.chance = chance;
        this.corpus = corpus;
    }

    /** A control frame that the server answers when it has read all that was sent before. */
    static byte[] ping() {
        return PING.clone();
    }

    static byte[] text(String text) {
        return frame(FINAL | TEXT, Chance.utf8(text), true);
    }

    /** One message, or something that is none. */
    byte[] next() {
        int kind = chance.below(100);
        if (kind < 60) {
            return frame(FINAL | TEXT, corpus.frame(), true);
        }
        if (kind < 70) {
            return frame(FINAL | BINARY, chance.percent(50) ? prefixed(chance.bytes(30)) : chance.bytes(300), true);
        }
        if (kind < 85) {
            return fragments(chance.percent(80) ? TEXT : BINARY, corpus.frame());
        }
        return malformed();
    }

    /** As revision 3 marks a message of bytes. */
    private static byte[] prefixed(byte[] bytes) {
        byte[] prefixed = new byte[bytes.length + 1];
        prefixed[0] = 4;
        System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
        return prefixed;
    }

    private byte[] fragments(int operation, byte[] data) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int at = 0;
        int first = operation;
        while (at < data.length) {
            int end = Math.min(data.length, at + chance.between(0, Math.max(1, data.length / 2)));
            all.writeBytes(frame(first, Arrays.copyOfRange(data, at, end), true));
            if (chance.percent(10)) {
                all.writeBytes(ping());
            }
            at = end;
            first = 0;
        }
        all.writeBytes(frame(FINAL | first, new byte[0], true));
        return all.toByteArray();
    }

    private byte[] malformed() {
        byte[] data = chance.percent(50) ? chance.bytes(20) : corpus.frame();
        byte[] small = Arrays.copyOf(data, Math.min(100, data.length));
        return switch (chance.below(12)) {
            case 0 -> frame(FINAL | TEXT, small, false);
            case 1 -> frame(FINAL | TEXT | (chance.between(1, 7) << 4), small, true);
            case 2 -> frame(FINAL | chance.of(List.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)), small, true);
            case 3 -> frame(chance.between(8, 10), small, true);
            case 4 -> frame(FINAL | chance.between(8, 10), chance.bytes(300), true);
            case 5 -> frame(chance.percent(50) ? FINAL : 0, small, true);
            case 6 ->
                announcing(ByteBuffer.allocate(8)
                        .putLong(chance.of(List.of(-1L, Long.MAX_VALUE, 1L << 31, 5L, 2_000_000L)))
                        .array());
            case 7 -> frame(FINAL | 8, closeData(), true);
            case 8 -> frame(FINAL | chance.between(9, 10), small, true);
            case 9 -> chance.bytes(60);
            case 10 -> new Mutator(chance).mutate(frame(FINAL | TEXT, small, true));
            default -> Arrays.copyOf(frame(FINAL | TEXT, small, true), chance.between(1, 6));
        };
    }

    private byte[] closeData() {
        if (chance.percent(20)) {
            return chance.bytes(1);
        }
        int code = chance.of(List.of(0, 999, 1000, 1001, 1004, 1005, 1006, 1009, 1015, 2999, 3000, 4999, 5000, 65535));
        return ByteBuffer.allocate(4)
                .putShort((short) code)
                .put(chance.bytes(1))
                .array();
    }

    /** A length of eight bytes, and less than that. */
    private static byte[] announcing(byte[] length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | TEXT);
        frame.write(0xff);
        frame.writeBytes(length);
        frame.writeBytes(new byte[] {0, 0, 0, 0, '4', '2'});
        return frame.toByteArray();
    }

    private static byte[] frame(int first, byte[] data, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(data.length + 14);
        int mask = masked ? 0x80 : 0;
        frame.write(first);
        if (data.length < 126) {
            frame.write(mask | data.length);
        } else if (data.length < 65_536) {
            frame.write(mask | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) data.length).array());
        } else {
            frame.write(mask | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(data.length).array());
        }
        if (masked) {
            // The key is of no consequence to the server; one that changes nothing keeps findings legible.
            frame.writeBytes(new byte[4]);
        }
        frame.writeBytes(data);
        return frame.toByteArray();
    }
}
