package app.realtime.engineio.protocol;

/** One message of a websocket. */
public sealed interface Frame {

    record Text(String data) implements Frame {}

    record Binary(byte[] data) implements Frame {}
}
