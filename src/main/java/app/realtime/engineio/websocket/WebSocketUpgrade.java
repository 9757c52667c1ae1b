package app.realtime.engineio.websocket;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.protocol.Codec;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The moment in which a connection becomes a websocket. Public, with a constructor without parameters, because the
 * container makes it, and calls it on the request's thread once the request has been answered.
 */
public final class WebSocketUpgrade implements HttpUpgradeHandler {

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
        try {
            Optional<TakenSocket> taken = LibertyConnection.take(connection);
            if (taken.isPresent()) {
                open(taken.get());
            } else {
                open(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An upgraded connection could not be taken over", e);
        }
    }

    private void open(TakenSocket socket) throws IOException {
        ChannelConnection connection = new ChannelConnection(socket.channel(), loops.next());
        WebSocketTransport transport = new WebSocketTransport(connection, codec, server);
        WebSocketReceiver receiver = receiver(transport);
        try {
            receiver.open(admittance);
            receiver.received(socket.early(), socket.early().length);
        } finally {
            // Also for a websocket that is to be closed at once: its close frame is answered.
            transport.readingHasBegun();
            connection.read(receiver);
        }
    }

    private void open(WebConnection connection) throws IOException {
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
