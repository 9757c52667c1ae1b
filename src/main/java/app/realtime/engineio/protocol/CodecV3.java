package app.realtime.engineio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Engine.IO protocol revision 3: each packet of a payload follows its length, and bytes begin with the number of their
 * packet's type. A payload with bytes in it is binary as a whole, unless the client takes text alone.
 */
final class CodecV3 implements Codec {

    static final CodecV3 BINARY = new CodecV3(false);
    static final CodecV3 BASE64 = new CodecV3(true);

    private static final String BASE64_MESSAGE = "b4";
    private static final byte MESSAGE = 4;

    private final boolean base64;

    private CodecV3(boolean base64) {
        this.base64 = base64;
    }

    @Override
    public Frame encode(Packet packet) {
        return packet instanceof Packet.Binary binary && !base64
                ? new Frame.Binary(withType(binary))
                : new Frame.Text(bytes(packet));
    }

    static byte[] withType(Packet.Binary packet) {
        byte[] bytes = new byte[packet.data().length + 1];
        bytes[0] = MESSAGE;
        System.arraycopy(packet.data(), 0, bytes, 1, packet.data().length);
        return bytes;
    }

    private static byte[] bytes(Packet packet) {
        return packet instanceof Packet.Text text
                ? text.bytes()
                : encodeText(packet).getBytes(StandardCharsets.UTF_8);
    }

    private static String encodeText(Packet packet) {
        return packet instanceof Packet.Binary binary
                ? BASE64_MESSAGE + PacketText.encodeBase64(binary.data())
                : PacketText.encode(packet);
    }

    @Override
    public Packet decode(String frame) throws ProtocolException {
        return frame.startsWith(BASE64_MESSAGE)
                ? new Packet.Binary(PacketText.decodeBase64(frame.substring(BASE64_MESSAGE.length())))
                : PacketText.decode(frame);
    }

    @Override
    public Packet decode(byte[] frame) throws ProtocolException {
        if (frame.length == 0 || frame[0] != MESSAGE) {
            throw new ProtocolException(Violation.UNKNOWN_ENGINE_PACKET);
        }
        return new Packet.Binary(Arrays.copyOfRange(frame, 1, frame.length));
    }

    @Override
    public Payload encodePayload(List<Packet> packets) {
        if (!base64 && packets.stream().anyMatch(Packet.Binary.class::isInstance)) {
            return BinaryPayloadV3.encode(packets);
        }
        StringBuilder body = new StringBuilder();
        for (Packet packet : packets) {
            String text = encodeText(packet);
            body.append(text.length()).append(':').append(text);
        }
        return new Payload(PacketText.CONTENT_TYPE, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Packet> decodePayload(byte[] body, boolean binary) throws ProtocolException {
        return binary ? BinaryPayloadV3.decode(body, this) : decodeText(PacketText.decodeUtf8(body, 0, body.length));
    }

    /** Lengths count the units of UTF-16, as JavaScript and Java do. */
    private List<Packet> decodeText(String body) throws ProtocolException {
        if (body.isEmpty()) {
            throw new ProtocolException(Violation.MALFORMED_PAYLOAD);
        }
        List<Packet> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            long length = 0;
            int digits = at;
            while (digits < body.length() && body.charAt(digits) >= '0' && body.charAt(digits) <= '9') {
                length = Math.min(10 * length + body.charAt(digits) - '0', Integer.MAX_VALUE);
                digits++;
            }
            int begin = digits + 1;
            if (digits == at || begin > body.length() || body.charAt(digits) != ':' || length > body.length() - begin) {
                throw new ProtocolException(Violation.MALFORMED_PAYLOAD);
            }
            at = begin + (int) length;
            if (length > 0) {
                packets.add(decode(body.substring(begin, at)));
            }
        }
        return packets;
    }
}
