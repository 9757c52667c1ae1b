package app.realtime.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Small damage to bytes, a few times over. */
final class Mutator {

    private static final int MOST = 8_192;

    /** Texts that mean something to one layer or another. */
    private static final List<byte[]> TOKENS = List.of(
                    "\u001e",
                    "4",
                    "b",
                    "bAQID",
                    "51-",
                    "[",
                    "{",
                    "\"",
                    "\\u0000",
                    "\\ud800",
                    "{\"_placeholder\":true,\"num\":0}",
                    "99999999999999999999",
                    "-1",
                    "/admin,",
                    ":",
                    "2probe",
                    "\u0000",
                    "\r\n",
                    "%00",
                    "&",
                    "\"connect\"")
            .stream()
            .map(Chance::utf8)
            .toList();

    private static final byte[][] BAD_UTF8 = {
        {(byte) 0xff},
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xe2, (byte) 0x82},
        {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
        {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}
    };

    private final Chance chance;

    Mutator(Chance chance) {
        this.chance = chance;
    }

    byte[] mutate(byte[] original) {
        byte[] bytes = original;
        for (int i = chance.between(1, 5); i > 0; i--) {
            bytes = once(bytes);
        }
        return bytes.length <= MOST ? bytes : Arrays.copyOf(bytes, MOST);
    }

    private byte[] once(byte[] bytes) {
        int at = chance.below(bytes.length + 1);
        int end = Math.min(bytes.length, at + chance.between(1, 8));
        return switch (chance.below(8)) {
            case 0 -> flipped(bytes);
            case 1 -> spliced(bytes, at, at, chance.of(TOKENS));
            case 2 -> spliced(bytes, at, at, chance.bytes(6));
            case 3 -> spliced(bytes, at, end, new byte[0]);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> spliced(bytes, at, end, chance.of(TOKENS));
            default -> spliced(bytes, at, at, BAD_UTF8[chance.below(BAD_UTF8.length)]);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[chance.below(copy.length)] ^= (byte) (1 << chance.below(8));
        }
        return copy;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + between.length);
        all.write(bytes, 0, from);
        all.writeBytes(between);
        all.write(bytes, to, bytes.length - to);
        return all.toByteArray();
    }
}
