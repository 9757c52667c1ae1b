package app.realtime.conformance.application;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineHandler;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet;

/** Sends every message back as it came. Has no state. */
final class Echo implements EngineHandler {

    @Override
    public SessionHandler onOpen(Session session) {
        return new SessionHandler() {
            @Override
            public void onText(String data) {
                session.send(new Packet.Text(data));
            }

            @Override
            public void onBinary(byte[] data) {
                session.send(new Packet.Binary(data));
            }

            @Override
            public void onClose(CloseReason reason) {
                // There is nothing to give back.
            }

            @Override
            public String name() {
                return "an echoed client";
            }
        };
    }
}
