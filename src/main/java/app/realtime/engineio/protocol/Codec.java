package app.realtime.engineio.protocol;

import java.util.List;

/** Packets to and from the wire, for one revision of the protocol. Implementations are stateless. */
public sealed interface Codec permits CodecV3, CodecV4 {

    /** @param base64 whether the client cannot take bytes, and gets them as base64 in text */
    static Codec of(Revision revision, boolean base64) {
        return switch (revision) {
            case V3 -> base64 ? CodecV3.BASE64 : CodecV3.BINARY;
            case V4 -> base64 ? CodecV4.BASE64 : CodecV4.BINARY;
        };
    }

    /** A packet as a message of a websocket. */
    Frame encode(Packet packet);

    /** A text message of a websocket. */
    Packet decode(String frame) throws ProtocolException;

    /** A binary message of a websocket; the array now belongs to the packet. */
    Packet decode(byte[] frame) throws ProtocolException;

    /** Packets as the body of a polling response, in order; at least one. */
    Payload encodePayload(List<Packet> packets);

    /**
     * The body of a polling request.
     *
     * @param binary whether the request says that its body is bytes, not text
     */
    List<Packet> decodePayload(byte[] body, boolean binary) throws ProtocolException;
}
