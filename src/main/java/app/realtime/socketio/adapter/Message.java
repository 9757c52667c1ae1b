package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;

/** An event on its way to its recipients, encoded once for all of them. */
public record Message(Packet.Event event, EncodedPacket encoded, Delivery delivery) {

    public static Message of(Packet.Event event, Delivery delivery) {
        return new Message(event, PacketEncoder.encode(event), delivery);
    }
}
