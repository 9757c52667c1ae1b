package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The moment in which a connection becomes one end of a {@link Tunnel}. Public, with a constructor without parameters, because
 * the container makes it, and calls it on the request's thread once the request has been answered.
 */
public final class TunnelUpgrade implements HttpUpgradeHandler {

    private static final Logger LOG = Logger.getLogger(TunnelUpgrade.class.getName());

    private EngineServer server;
    private EventLoops loops;
    private InetSocketAddress owner;
    private byte[] head;
    private Runnable refused;

    /** To be called once, on the request's thread. */
    void serve(
            EngineServer engine,
            EventLoops eventLoops,
            InetSocketAddress address,
            byte[] request,
            Runnable whenRefused) {
        server = engine;
        loops = eventLoops;
        owner = address;
        head = request;
        refused = whenRefused;
    }

    /** Where the socket cannot be had, as with TLS, the websocket ends at once, and its client stays with polling. */
    @Override
    public void init(WebConnection connection) {
        Optional<TakenSocket> taken = LibertyConnection.take(connection);
        if (taken.isEmpty()) {
            LibertyConnection.disconnect(connection);
            return;
        }
        try {
            Tunnel tunnel = new Tunnel(taken.get(), loops.next(), head, refused);
            server.after(Tunnel.OPENING, tunnel::giveUp);
            tunnel.open(owner);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "The instance that owns a session cannot be reached", e);
            closeQuietly(taken.get());
        }
    }

    private static void closeQuietly(TakenSocket taken) {
        try {
            taken.channel().close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
        }
    }

    @Override
    public void destroy() {
        // The container believes so as soon as its socket has been taken.
    }
}
