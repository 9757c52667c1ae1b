package app.realtime.engineio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Engine.IO protocol revision 4: type digits, record separators, base64 for bytes in polling bodies. */
public final class CodecV4 implements Codec {

    private static final char SEPARATOR = '\u001e';
    private static final char BASE64 = 'b';
    private static final String CONTENT_TYPE = "text/plain; charset=UTF-8";

    @Override
    public String encode(Packet packet) {
        if (packet instanceof Packet.Text text) {
            return "4".concat(text.data());
        }
        if (packet instanceof Packet.Binary binary) {
            return BASE64 + Base64.getEncoder().encodeToString(binary.data());
        }
        if (packet instanceof Packet.Open open) {
            return '0' + open.handshake().toJson();
        }
        if (packet instanceof Packet.Ping ping) {
            return '2' + ping.data();
        }
        if (packet instanceof Packet.Pong pong) {
            return '3' + pong.data();
        }
        if (packet instanceof Packet.Close) {
            return "1";
        }
        return packet instanceof Packet.Upgrade ? "5" : "6";
    }

    /** What a client may send: everything but the handshake. */
    @Override
    public Packet decode(String frame) throws ProtocolException {
        if (frame.isEmpty()) {
            throw new ProtocolException("empty packet");
        }
        return switch (frame.charAt(0)) {
            case '1' -> new Packet.Close();
            case '2' -> new Packet.Ping(frame.substring(1));
            case '3' -> new Packet.Pong(frame.substring(1));
            case '4' -> new Packet.Text(frame.substring(1));
            case '5' -> new Packet.Upgrade();
            case '6' -> new Packet.Noop();
            default -> throw new ProtocolException("unknown packet type");
        };
    }

    @Override
    public Packet decode(byte[] frame) {
        return new Packet.Binary(frame);
    }

    @Override
    public Payload encodePayload(List<Packet> packets) {
        if (packets.size() == 1) {
            return new Payload(CONTENT_TYPE, encode(packets.get(0)).getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder body = new StringBuilder();
        for (Packet packet : packets) {
            if (body.length() > 0) {
                body.append(SEPARATOR);
            }
            body.append(encode(packet));
        }
        return new Payload(CONTENT_TYPE, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Packet> decodePayload(byte[] body) throws ProtocolException {
        String text = decodeUtf8(body);
        List<Packet> packets = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int separator = text.indexOf(SEPARATOR, start);
            int end = separator < 0 ? text.length() : separator;
            packets.add(decodePart(text.substring(start, end)));
            start = end + 1;
        }
        return packets;
    }

    private Packet decodePart(String part) throws ProtocolException {
        if (!part.isEmpty() && part.charAt(0) == BASE64) {
            try {
                return new Packet.Binary(Base64.getDecoder().decode(withoutLineBreaks(part.substring(1))));
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("bytes that are not base64");
            }
        }
        return decode(part);
    }

    /** The official Java client breaks its base64 into lines of 76 characters and ends it with a line feed. */
    private static String withoutLineBreaks(String base64) {
        return base64.indexOf('\n') < 0 ? base64 : base64.replace("\r", "").replace("\n", "");
    }

    private static String decodeUtf8(byte[] body) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("text that is not UTF-8");
        }
    }
}
