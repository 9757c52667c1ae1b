package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Codec;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Turns HTTP requests into websockets: answers the opening handshake (RFC 6455, section 4.2.2), without extensions or
 * subprotocols, and speaks the protocol on the connection that the container gives up ({@link WebSocketUpgrade}).
 */
public final class WebSocketEdge implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final EngineServer server;
    private final EventLoops loops;

    /**
     * @param size how many threads read from clients; positive
     * @param threads not virtual ones
     */
    public WebSocketEdge(EngineServer server, int size, ThreadFactory threads) {
        this.server = server;
        this.loops = new EventLoops(size, threads);
        server.inEverySweep(loops::replaceStalled);
    }

    /**
     * Opens a session that begins on a websocket. Its admission is given back if it does not come to that: a client
     * may go before its websocket is open.
     */
    public void open(
            HttpServletRequest request,
            HttpServletResponse response,
            HandshakeRequest handshake,
            Admission.Admitted admitted)
            throws IOException {
        Opening opening = new Opening(server, handshake, admitted);
        boolean switched = false;
        try {
            server.openings().begin(opening);
            upgrade(request, response, Codec.of(handshake.revision(), handshake.wantsBase64()), opening);
            switched = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
        } finally {
            if (!switched) {
                opening.run();
            }
        }
    }

    /**
     * Moves a session from polling to a websocket.
     *
     * @param base64 whether the client cannot take bytes on it
     */
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Session session, boolean base64)
            throws IOException {
        upgrade(
                request,
                response,
                Codec.of(session.revision(), base64),
                transport -> Optional.of(session).filter(open -> server.offerUpgrade(open, transport)));
    }

    /**
     * Passes a websocket on to the instance that owns its session.
     *
     * @param owner where that instance takes it
     * @param head the opening handshake for it, with the client's own key
     * @param refused run if it does not take it; must not block
     */
    public void tunnel(
            HttpServletRequest request,
            HttpServletResponse response,
            InetSocketAddress owner,
            byte[] head,
            Runnable refused)
            throws IOException {
        upgrade(request, response, TunnelUpgrade.class).serve(server, loops, owner, head, refused);
    }

    private void upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            Codec codec,
            WebSocketReceiver.Admittance admittance)
            throws IOException {
        upgrade(request, response, WebSocketUpgrade.class).serve(server, loops, codec, admittance);
    }

    private static <T extends HttpUpgradeHandler> T upgrade(
            HttpServletRequest request, HttpServletResponse response, Class<T> handler) throws IOException {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", WebSocketHandshake.accept(request));
        try {
            return request.upgrade(handler);
        } catch (ServletException e) {
            throw new IOException("The container could not upgrade this request", e);
        }
    }

    /** To be called after the server has been closed. Gives clients a second to close their side. */
    @Override
    public void close() {
        loops.awaitNoConnections(FAREWELL);
        loops.close();
    }
}
