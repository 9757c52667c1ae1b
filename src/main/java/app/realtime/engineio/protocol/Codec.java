package app.realtime.engineio.protocol;

import java.util.List;

/** Packets to and from the wire, for one version of the protocol. Implementations are stateless. */
public interface Codec {

    /** A packet as a text frame of a websocket; not for {@link Packet.Binary}. */
    String encode(Packet packet);

    /** A text frame of a websocket. */
    Packet decode(String frame) throws ProtocolException;

    /** A binary frame of a websocket; the array now belongs to the packet. */
    Packet decode(byte[] frame) throws ProtocolException;

    /** Packets as the body of a polling response, in order; at least one. */
    Payload encodePayload(List<Packet> packets);

    /** The body of a polling request. */
    List<Packet> decodePayload(byte[] body) throws ProtocolException;
}
