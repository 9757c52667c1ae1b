package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;
import java.util.List;

/**
 * An event on its way to its recipients, encoded once for all of them.
 *
 * @param packets the event as each session sends it
 * @param many whether it goes to more than a few
 */
public record Message(
        Packet.Event event, List<app.realtime.engineio.protocol.Packet> packets, Delivery delivery, boolean many) {

    /** So many writes, of some ten microseconds each, the sender does itself. */
    private static final int FEW = 4;

    public Message {
        packets = List.copyOf(packets);
    }

    /** For one recipient. */
    public static Message of(Packet.Event event, Delivery delivery) {
        return of(event, delivery, 1);
    }

    /** @param recipients about how many there are */
    static Message of(Packet.Event event, Delivery delivery, int recipients) {
        return new Message(event, EngineMessages.of(PacketEncoder.encode(event)), delivery, recipients > FEW);
    }
}
