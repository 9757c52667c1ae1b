package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;
import java.util.List;

/**
 * An event on its way to its recipients, encoded once for all of them.
 *
 * @param packets the event as each session sends it
 */
public record Message(Packet.Event event, List<app.realtime.engineio.protocol.Packet> packets, Delivery delivery) {

    public Message {
        packets = List.copyOf(packets);
    }

    public static Message of(Packet.Event event, Delivery delivery) {
        return new Message(event, EngineMessages.of(PacketEncoder.encode(event)), delivery);
    }
}
