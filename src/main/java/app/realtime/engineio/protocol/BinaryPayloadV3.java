package app.realtime.engineio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A binary payload of revision 3: for each packet a byte that tells text (0) from bytes (1), the decimal digits of its
 * length in bytes as one byte each, 255, and the packet.
 */
final class BinaryPayloadV3 {

    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final byte TEXT = 0;
    private static final byte BYTES = 1;
    private static final byte END_OF_LENGTH = (byte) 255;
    /** The kind, at most ten digits, and the end of the length. */
    private static final int MAX_HEADER = 12;

    private BinaryPayloadV3() {}

    static Payload encode(List<Packet> packets) {
        List<byte[]> contents = new ArrayList<>(packets.size());
        int size = 0;
        for (Packet packet : packets) {
            byte[] content = packet instanceof Packet.Binary binary
                    ? CodecV3.withType(binary)
                    : PacketText.encode(packet).getBytes(StandardCharsets.UTF_8);
            contents.add(content);
            size += content.length + MAX_HEADER;
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        for (int i = 0; i < contents.size(); i++) {
            byte[] content = contents.get(i);
            body.put(packets.get(i) instanceof Packet.Binary ? BYTES : TEXT);
            Integer.toString(content.length).chars().forEach(digit -> body.put((byte) (digit - '0')));
            body.put(END_OF_LENGTH).put(content);
        }
        return new Payload(CONTENT_TYPE, Arrays.copyOf(body.array(), body.position()));
    }

    static List<Packet> decode(byte[] body, CodecV3 codec) throws ProtocolException {
        List<Packet> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            byte kind = body[at];
            long length = 0;
            int digits = at + 1;
            while (digits < body.length && body[digits] >= 0 && body[digits] <= 9) {
                length = Math.min(10 * length + body[digits], Integer.MAX_VALUE);
                digits++;
            }
            int begin = digits + 1;
            if ((kind != TEXT && kind != BYTES)
                    || digits == at + 1
                    || begin > body.length
                    || body[digits] != END_OF_LENGTH
                    || length > body.length - begin) {
                throw new ProtocolException(Violation.MALFORMED_PAYLOAD);
            }
            at = begin + (int) length;
            packets.add(
                    kind == TEXT
                            ? codec.decode(PacketText.decodeUtf8(body, begin, (int) length))
                            : codec.decode(Arrays.copyOfRange(body, begin, at)));
        }
        return packets;
    }
}
