package app.realtime.socketio.adapter;

import app.realtime.engineio.protocol.Packet;
import app.realtime.socketio.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.List;

/** Packets of Socket.IO as messages of Engine.IO, which carries them: the text, and right behind it what it refers to. */
public final class EngineMessages {

    private EngineMessages() {}

    /** To be sent with nothing between them. They may go to many sessions. */
    public static List<Packet> of(EncodedPacket packet) {
        Packet text = new Packet.Text(packet.text());
        if (packet.attachments().isEmpty()) {
            return List.of(text);
        }
        List<Packet> messages = new ArrayList<>(packet.attachments().size() + 1);
        messages.add(text);
        packet.attachments().forEach(bytes -> messages.add(new Packet.Binary(bytes)));
        return List.copyOf(messages);
    }
}
