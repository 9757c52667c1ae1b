package app.realtime.socketio.protocol;

import java.util.List;

/**
 * A packet as it goes to the wire: one message of text, and the bytes that it refers to, each a message of its own right
 * behind it. Encoded once, sent to many.
 */
public record EncodedPacket(String text, List<byte[]> attachments) {

    public EncodedPacket {
        attachments = List.copyOf(attachments);
    }
}
