package app.realtime.socketio;

import app.realtime.engineio.SendOptions;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.List;

/** Encoded packets as the messages of a session. Stateless. */
final class SessionMessages {

    private static final SendOptions UNCOMPRESSED = new SendOptions(false, false);
    private static final SendOptions DROPPABLE = new SendOptions(true, true);
    private static final SendOptions DROPPABLE_UNCOMPRESSED = new SendOptions(false, true);

    private SessionMessages() {}

    /** Queues a packet with its attachments; false if the session has ended, or the packet was dropped. */
    static boolean send(Session session, EncodedPacket packet, Delivery delivery) {
        Packet text = new Packet.Text(packet.text());
        if (packet.attachments().isEmpty()) {
            return session.send(List.of(text), options(delivery));
        }
        List<Packet> messages = new ArrayList<>(packet.attachments().size() + 1);
        messages.add(text);
        packet.attachments().forEach(bytes -> messages.add(new Packet.Binary(bytes)));
        return session.send(messages, options(delivery));
    }

    private static SendOptions options(Delivery delivery) {
        if (delivery.droppable()) {
            return delivery.compress() ? DROPPABLE : DROPPABLE_UNCOMPRESSED;
        }
        return delivery.compress() ? SendOptions.DEFAULT : UNCOMPRESSED;
    }
}
