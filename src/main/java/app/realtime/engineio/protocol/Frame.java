package app.realtime.engineio.protocol;

/** One message of a websocket. Its bytes may be shared by many, and nobody changes them. */
public sealed interface Frame {

    byte[] payload();

    /** @param payload in UTF-8 */
    record Text(byte[] payload) implements Frame {}

    record Binary(byte[] payload) implements Frame {}
}
