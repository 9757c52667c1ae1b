package app.realtime.engineio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What both revisions have in common: a packet of text is the digit of its type and its data. */
final class PacketText {

    static final String CONTENT_TYPE = "text/plain; charset=UTF-8";

    private PacketText() {}

    /** Not for {@link Packet.Binary}. */
    static String encode(Packet packet) {
        if (packet instanceof Packet.Text text) {
            return "4".concat(text.data());
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

    static Packet decode(String frame) throws ProtocolException {
        if (frame.isEmpty()) {
            throw new ProtocolException(Violation.UNKNOWN_ENGINE_PACKET);
        }
        return switch (frame.charAt(0)) {
            // A client has nothing to open: ignored, as by the reference server.
            case '0', '6' -> new Packet.Noop();
            case '1' -> new Packet.Close();
            case '2' -> new Packet.Ping(frame.substring(1));
            case '3' -> new Packet.Pong(frame.substring(1));
            case '4' -> new Packet.Text(frame.substring(1));
            case '5' -> new Packet.Upgrade();
            default -> throw new ProtocolException(Violation.UNKNOWN_ENGINE_PACKET);
        };
    }

    static String encodeBase64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The official Java client breaks its base64 into lines of 76 characters and ends it with a line feed. */
    static byte[] decodeBase64(String text) throws ProtocolException {
        String unbroken = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace("\n", "");
        try {
            return Base64.getDecoder().decode(unbroken);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Violation.MALFORMED_BASE64);
        }
    }

    static String decodeUtf8(byte[] bytes, int from, int length) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(Violation.MALFORMED_UTF8);
        }
    }
}
