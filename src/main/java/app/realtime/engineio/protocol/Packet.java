package app.realtime.engineio.protocol;

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

    /** A message of text. */
    record Text(String data) implements Packet {}

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
