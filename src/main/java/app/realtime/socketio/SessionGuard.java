package app.realtime.socketio;

import app.realtime.engineio.HandshakeRequest;
import java.util.Collection;

/**
 * Decides whether a request that comes with credentials of its own may use a session. Asked only if those are not the ones
 * that the session was opened with. Thread-safe; must not block.
 */
@FunctionalInterface
public interface SessionGuard {

    /**
     * @param request the request, which knows the session's secret id
     * @param opening the one that opened the session
     * @param sockets those of the session; none before it has connected to a namespace
     */
    boolean admits(HandshakeRequest request, HandshakeRequest opening, Collection<Socket> sockets);
}
