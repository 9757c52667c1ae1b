package app.realtime.engineio.protocol;

/**
 * The body of a long-polling request or response: one or more packets.
 *
 * @param contentType value of the HTTP header
 * @param body the bytes, which nobody changes after this was made
 */
public record Payload(String contentType, byte[] body) {}
