package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.protocol.Codec;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The moment in which a connection becomes a websocket. Public, with a constructor without parameters, because the
 * container makes it, and calls it on the request's thread once the request has been answered.
 */
public final class WebSocketUpgrade implements HttpUpgradeHandler {

    private static final Logger LOG = Logger.getLogger(WebSocketUpgrade.class.getName());

    private EngineServer server;
    private EventLoops loops;
    private Codec codec;
    private WebSocketReceiver.Admittance admittance;
    /** Where the container keeps the connection. */
    private volatile Optional<StreamReading> stream = Optional.empty();

    /** To be called once, on the request's thread. */
    void serve(EngineServer engine, EventLoops eventLoops, Codec engineCodec, WebSocketReceiver.Admittance entry) {
        server = engine;
        loops = eventLoops;
        codec = engineCodec;
        admittance = entry;
    }

    @Override
    public void init(WebConnection connection) {
        Optional<TakenSocket> taken = LibertyConnection.take(connection);
        try {
            if (taken.isPresent()) {
                open(taken.get());
            } else {
                open(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The container gives no streams of an upgraded connection", e);
        }
    }

    private void open(TakenSocket socket) throws IOException {
        Optional<ChannelConnection> registered = register(socket.channel());
        if (registered.isEmpty()) {
            socket.channel().close();
            return;
        }
        WebSocketTransport transport = new WebSocketTransport(registered.get(), codec, server);
        WebSocketReceiver receiver = receiver(transport);
        try {
            receiver.open(admittance);
            receiver.received(socket.early(), socket.early().length);
        } finally {
            // Also for a websocket that is to be closed at once: its close frame is answered.
            transport.readingHasBegun();
            registered.get().read(receiver);
        }
    }

    /** Empty if the server, or the connection, has ended meanwhile. */
    private Optional<ChannelConnection> register(SocketChannel channel) {
        try {
            return Optional.of(new ChannelConnection(channel, loops.next()));
        } catch (ClosedChannelException | ClosedSelectorException e) {
            LOG.log(Level.FINE, "A websocket ended before it had begun", e);
            return Optional.empty();
        }
    }

    private void open(WebConnection connection) throws IOException {
        LibertyConnection.prepareStreams(connection);
        WebSocketTransport transport = new WebSocketTransport(new StreamConnection(connection), codec, server);
        WebSocketReceiver receiver = receiver(transport);
        StreamReading reading = new StreamReading(connection.getInputStream(), transport, receiver, server);
        stream = Optional.of(reading);
        try {
            receiver.open(admittance);
        } finally {
            // Liberty closes no connection that is not read.
            reading.begin();
        }
    }

    private WebSocketReceiver receiver(WebSocketTransport transport) {
        return new WebSocketReceiver(transport, codec, server.options().maxPayloadBytes(), server.observer());
    }

    /** The container has closed the connection. It may be a thread of ours that has made it do so. */
    @Override
    public void destroy() {
        stream.ifPresent(StreamReading::destroyed);
    }
}
