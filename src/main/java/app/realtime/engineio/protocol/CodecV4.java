package app.realtime.engineio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Engine.IO protocol revision 4: record separators between the packets of a payload, base64 for bytes in it. */
final class CodecV4 implements Codec {

    static final CodecV4 BINARY = new CodecV4(false);
    static final CodecV4 BASE64 = new CodecV4(true);

    private static final char SEPARATOR = '\u001e';
    private static final char BASE64_MARK = 'b';

    private final boolean base64;

    private CodecV4(boolean base64) {
        this.base64 = base64;
    }

    @Override
    public Frame encode(Packet packet) {
        return packet instanceof Packet.Binary binary && !base64
                ? new Frame.Binary(binary.data())
                : new Frame.Text(bytes(packet));
    }

    private static byte[] bytes(Packet packet) {
        return packet instanceof Packet.Text text
                ? text.bytes()
                : encodeText(packet).getBytes(StandardCharsets.UTF_8);
    }

    private static String encodeText(Packet packet) {
        return packet instanceof Packet.Binary binary
                ? BASE64_MARK + PacketText.encodeBase64(binary.data())
                : PacketText.encode(packet);
    }

    @Override
    public Packet decode(String frame) throws ProtocolException {
        return !frame.isEmpty() && frame.charAt(0) == BASE64_MARK
                ? new Packet.Binary(PacketText.decodeBase64(frame.substring(1)))
                : PacketText.decode(frame);
    }

    @Override
    public Packet decode(byte[] frame) {
        return new Packet.Binary(frame);
    }

    @Override
    public Payload encodePayload(List<Packet> packets) {
        return new Payload(
                PacketText.CONTENT_TYPE,
                join(packets.stream().map(CodecV4::bytes).toList()));
    }

    private static byte[] join(List<byte[]> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int length =
                parts.size() - 1 + parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer body = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            if (body.position() > 0) {
                body.put((byte) SEPARATOR);
            }
            body.put(part);
        }
        return body.array();
    }

    @Override
    public List<Packet> decodePayload(byte[] body, boolean binary) throws ProtocolException {
        if (binary) {
            throw new ProtocolException(Violation.BINARY_BODY);
        }
        String text = PacketText.decodeUtf8(body, 0, body.length);
        List<Packet> packets = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int separator = text.indexOf(SEPARATOR, start);
            int end = separator < 0 ? text.length() : separator;
            packets.add(decode(text.substring(start, end)));
            start = end + 1;
        }
        return packets;
    }
}
