package app.realtime.engineio.protocol;

import java.nio.charset.StandardCharsets;

/**
 * What travels over an Engine.IO session. Each variant carries only its own data; how it looks on the wire is the
 * business of {@link Codec}.
 */
public sealed interface Packet {

    /** First packet of a session, from the server: the handshake. */
    record Open(Handshake handshake) implements Packet {}

    /** The sender ends the session; nothing follows. */
    record Close() implements Packet {}

    /** Asks for a {@link Pong} with the same data. {@code probe} tests a transport before an upgrade. */
    record Ping(String data) implements Packet {}

    /** Answers a {@link Ping}. */
    record Pong(String data) implements Packet {}

    /** A message of text. Made into bytes once, to however many clients it goes. Immutable to all who use it. */
    final class Text implements Packet {

        private final String data;
        /** Empty until somebody needs them; if two make them at once, they make the same. */
        private volatile byte[] bytes = {};

        public Text(String data) {
            this.data = data;
        }

        public String data() {
            return data;
        }

        /** The packet on the wire, in UTF-8. */
        byte[] bytes() {
            byte[] made = bytes;
            if (made.length == 0) {
                made = PacketText.encode(this).getBytes(StandardCharsets.UTF_8);
                bytes = made;
            }
            return made;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && text.data.equals(data);
        }

        @Override
        public int hashCode() {
            return data.hashCode();
        }

        @Override
        public String toString() {
            return "Text[data=" + data + "]";
        }
    }

    /** A message of bytes, which nobody changes after this packet was made. */
    record Binary(byte[] data) implements Packet {}

    /** From the client: the probed transport takes over. */
    record Upgrade() implements Packet {}

    /** Ends a pending poll that has nothing to say. */
    record Noop() implements Packet {}

    /** What ping and pong carry while a transport is being probed. */
    String PROBE = "probe";

    /** About what the packet weighs while it waits: bytes, or characters of text, which may take up to three bytes each. */
    default int weight() {
        if (this instanceof Text text) {
            return text.data().length() + 16;
        }
        if (this instanceof Binary binary) {
            return binary.data().length + 16;
        }
        return 16;
    }
}
