package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The moment in which a connection becomes one end of a {@link Tunnel}. Public, with a constructor without parameters, because
 * the container makes it, and calls it on the request's thread once the request has been answered.
 */
public final class TunnelUpgrade implements HttpUpgradeHandler {

    private static final Logger LOG = Logger.getLogger(TunnelUpgrade.class.getName());

    /** More than is read at once. */
    private static final int MIN_UNSENT_BYTES = 64 << 10;

    private EngineServer server;
    private EventLoops loops;
    private InetSocketAddress owner;
    private byte[] head;
    private Runnable refused;
    /** Where the container keeps the connection. */
    private volatile Optional<Tunnel> stream = Optional.empty();

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

    @Override
    public void init(WebConnection connection) {
        Optional<TakenSocket> taken = LibertyConnection.take(connection);
        Tunnel tunnel = new Tunnel(refused);
        try {
            if (taken.isPresent()) {
                EventLoop loop = loops.next();
                open(
                        tunnel,
                        end(tunnel, loop, taken.get().channel()),
                        loop,
                        taken.get().early());
            } else {
                open(tunnel, connection);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "The instance that owns a session cannot be reached", e);
            taken.ifPresentOrElse(socket -> close(socket.channel()), () -> LibertyConnection.disconnect(connection));
        }
    }

    /** Where the socket cannot be had. */
    private void open(Tunnel tunnel, WebConnection connection) throws IOException {
        LibertyConnection.prepareStreams(connection);
        StreamEnd client = new StreamEnd(tunnel, connection, server::onWriter);
        open(tunnel, client, loops.next(), new byte[0]);
        stream = Optional.of(tunnel);
        client.begin();
    }

    private void open(Tunnel tunnel, Tunnel.End client, EventLoop loop, byte[] early) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            ChannelEnd toOwner = end(tunnel, loop, channel);
            tunnel.join(client, toOwner);
            server.after(Tunnel.OPENING, tunnel::giveUp);
            // What goes wrong from here on the tunnel sees to.
            toOwner.connect(
                    owner,
                    ByteBuffer.allocate(head.length + early.length)
                            .put(head)
                            .put(early)
                            .flip());
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    /** The longest message has room there, and another behind it. */
    private ChannelEnd end(Tunnel tunnel, EventLoop loop, SocketChannel channel) {
        return new ChannelEnd(
                tunnel,
                loop,
                channel,
                Math.max(MIN_UNSENT_BYTES, 2 * server.options().maxPayloadBytes()));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
        }
    }

    /** The container has closed the connection. It believes so as soon as its socket has been taken. */
    @Override
    public void destroy() {
        stream.ifPresent(Tunnel::close);
    }
}
