package app.realtime.engineio.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a client sends on a websocket, from bytes to messages (RFC 6455, section 5), wherever the bytes are split. No
 * extensions. After an exception, or the client's close frame, it ignores what comes. For one thread.
 *
 * <p>Nothing beyond the limit is kept, whether it was announced in one frame or comes in many. Lengths need not be told
 * in the shortest form, as in the reference server's library.
 */
final class FrameDecoder {

    /** Told of what has come, in order. */
    interface Listener {

        void text(String message);

        /** @param message belongs to the listener */
        void binary(byte[] message);

        void ping(byte[] data);

        /** @param code {@link CloseCode#NONE} if the client gives none */
        void close(int code);
    }

    private static final int FINAL = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE_BITS = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH_BITS = 0x7f;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int KEY_BYTES = 4;
    private static final int SMALLEST_HEADER = 2;
    private static final int LARGEST_HEADER = SMALLEST_HEADER + Long.BYTES + KEY_BYTES;
    private static final char REPLACEMENT = '\ufffd';

    private final int maxMessageBytes;
    private final Listener listener;

    private final byte[] header = new byte[LARGEST_HEADER];
    private int headerSize;
    private final byte[] key = new byte[KEY_BYTES];

    /** The frame that is being read; its payload follows once {@link #inPayload} is set. */
    private boolean inPayload;

    private boolean last;
    private int opcode;
    private int length;
    private int have;

    /** {@link Opcode#TEXT} or {@link Opcode#BINARY} while the message is not complete, else {@link Opcode#CONTINUATION}. */
    private int messageOpcode = Opcode.CONTINUATION;

    private final Bytes message = new Bytes();
    private final Bytes control = new Bytes();
    private boolean over;

    /** @param maxMessageBytes the most bytes of a message, all its frames together; at least 125 */
    FrameDecoder(int maxMessageBytes, Listener listener) {
        this.maxMessageBytes = maxMessageBytes;
        this.listener = listener;
    }

    /** The next bytes. @throws FrameException if they break the protocol; what came before has been told */
    void decode(byte[] bytes, int offset, int count) throws FrameException {
        int at = offset;
        int end = offset + count;
        try {
            while (!over && at < end) {
                at += inPayload ? readPayload(bytes, at, end) : readHeader(bytes[at]);
            }
        } catch (FrameException e) {
            over = true;
            message.take();
            throw e;
        }
    }

    private int readHeader(byte next) throws FrameException {
        header[headerSize++] = next;
        if (headerSize == 1) {
            checkFirst(next & 0xff);
        } else if (headerSize == SMALLEST_HEADER) {
            checkSecond(next & 0xff);
        }
        if (headerSize >= SMALLEST_HEADER && headerSize == headerLength()) {
            beginPayload();
        }
        return 1;
    }

    private void checkFirst(int first) throws FrameException {
        last = (first & FINAL) != 0;
        opcode = first & OPCODE_BITS;
        require((first & RESERVED_BITS) == 0, "a reserved bit is set");
        require(Opcode.isKnown(opcode), "an unknown opcode");
        if (Opcode.isControl(opcode)) {
            require(last, "a control frame in fragments");
        } else {
            boolean inside = messageOpcode != Opcode.CONTINUATION;
            require(inside == (opcode == Opcode.CONTINUATION), "frames of a message out of order");
        }
    }

    private void checkSecond(int second) throws FrameException {
        require((second & MASKED) != 0, "a frame that is not masked");
        require(
                !Opcode.isControl(opcode) || (second & LENGTH_BITS) <= Opcode.MAX_CONTROL_BYTES,
                "a control frame that is too long");
    }

    private int lengthBytes() {
        return switch (header[1] & LENGTH_BITS) {
            case LENGTH_IN_TWO_BYTES -> Short.BYTES;
            case LENGTH_IN_EIGHT_BYTES -> Long.BYTES;
            default -> 0;
        };
    }

    private int headerLength() {
        return SMALLEST_HEADER + lengthBytes() + KEY_BYTES;
    }

    private void beginPayload() throws FrameException {
        long announced = announcedLength();
        require(announced >= 0, "a length of more than 63 bits");
        if (!Opcode.isControl(opcode) && announced > maxMessageBytes - message.size()) {
            throw new FrameException(FrameViolation.TOO_LARGE, "a message that is too large");
        }
        length = (int) announced;
        have = 0;
        System.arraycopy(header, headerSize - KEY_BYTES, key, 0, KEY_BYTES);
        headerSize = 0;
        inPayload = true;
        if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
            messageOpcode = opcode;
        }
        if (length == 0) {
            endFrame();
        }
    }

    private long announcedLength() {
        ByteBuffer lengths = ByteBuffer.wrap(header, SMALLEST_HEADER, Long.BYTES);
        return switch (lengthBytes()) {
            case Short.BYTES -> lengths.getShort() & 0xffff;
            case Long.BYTES -> lengths.getLong();
            default -> header[1] & LENGTH_BITS;
        };
    }

    private int readPayload(byte[] bytes, int at, int end) throws FrameException {
        int count = Math.min(end - at, length - have);
        Bytes target = Opcode.isControl(opcode) ? control : message;
        // Of a message in fragments it is not known how many are to come.
        int atMost = last ? target.size() + length - have : maxMessageBytes;
        target.addUnmasked(bytes, at, count, atMost, key, have & 3);
        have += count;
        if (have == length) {
            endFrame();
        }
        return count;
    }

    private void endFrame() throws FrameException {
        inPayload = false;
        if (Opcode.isControl(opcode)) {
            endControl(control.take());
        } else if (last) {
            int kind = messageOpcode;
            messageOpcode = Opcode.CONTINUATION;
            byte[] whole = message.take();
            if (kind == Opcode.TEXT) {
                listener.text(utf8(whole, 0, whole.length));
            } else {
                listener.binary(whole);
            }
        }
    }

    private void endControl(byte[] data) throws FrameException {
        if (opcode == Opcode.PING) {
            listener.ping(data);
        } else if (opcode == Opcode.CLOSE) {
            int code = closeCode(data);
            over = true;
            message.take();
            listener.close(code);
        }
    }

    private static int closeCode(byte[] data) throws FrameException {
        if (data.length == 0) {
            return CloseCode.NONE;
        }
        require(data.length >= Short.BYTES, "a close code of one byte");
        int code = ByteBuffer.wrap(data).getShort() & 0xffff;
        require(CloseCode.maySend(code), "a close code that nobody may send");
        utf8(data, Short.BYTES, data.length - Short.BYTES);
        return code;
    }

    private static String utf8(byte[] bytes, int offset, int count) throws FrameException {
        String text = new String(bytes, offset, count, StandardCharsets.UTF_8);
        // That puts a replacement for what is malformed; only then, or if the client sent one, it is decoded again.
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, count));
            } catch (CharacterCodingException e) {
                throw new FrameException(FrameViolation.MALFORMED_UTF8, "text that is not UTF-8");
            }
        }
        return text;
    }

    private static void require(boolean condition, String otherwise) throws FrameException {
        if (!condition) {
            throw new FrameException(FrameViolation.PROTOCOL, otherwise);
        }
    }
}
