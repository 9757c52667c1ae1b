package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An admission on its way to a session: the session opens when the websocket does; run before that, it gives the admission
 * back. Thread-safe: whoever comes first.
 */
final class Opening implements WebSocketReceiver.Admittance, Runnable {

    private final EngineServer server;
    private final HandshakeRequest handshake;
    private final Admission.Admitted admitted;
    private final AtomicBoolean settled = new AtomicBoolean();

    Opening(EngineServer server, HandshakeRequest handshake, Admission.Admitted admitted) {
        this.server = server;
        this.handshake = handshake;
        this.admitted = admitted;
    }

    @Override
    public Optional<Session> enter(WebSocketTransport transport) {
        return settle() ? Optional.of(server.open(handshake, transport, admitted)) : Optional.empty();
    }

    @Override
    public void run() {
        if (settle()) {
            admitted.release().run();
        }
    }

    private boolean settle() {
        server.openings().end(this);
        return settled.compareAndSet(false, true);
    }
}
