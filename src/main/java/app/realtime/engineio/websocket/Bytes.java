package app.realtime.engineio.websocket;

import java.util.Arrays;

/**
 * Bytes that come bit by bit. It grows with what has come, not with what was announced, so that announcing costs a peer
 * as much as sending. For one thread.
 */
final class Bytes {

    private static final int FIRST_CAPACITY = 512;
    private static final byte[] EMPTY = {};

    private byte[] data = EMPTY;
    private int size;

    int size() {
        return size;
    }

    /**
     * Takes masked bytes (RFC 6455, section 5.3).
     *
     * @param atMost what the whole is not going to exceed
     * @param phase which of the key's four bytes is the first one's
     */
    void addUnmasked(byte[] source, int offset, int length, int atMost, byte[] key, int phase) {
        if (data.length - size < length) {
            int wanted = Math.max(size + length, Math.min(atMost, Math.max(FIRST_CAPACITY, 2 * data.length)));
            data = Arrays.copyOf(data, wanted);
        }
        for (int i = 0; i < length; i++) {
            data[size + i] = (byte) (source[offset + i] ^ key[phase + i & 3]);
        }
        size += length;
    }

    /** All of them; none are left here. */
    byte[] take() {
        byte[] all = data.length == size ? data : Arrays.copyOf(data, size);
        data = EMPTY;
        size = 0;
        return all;
    }
}
