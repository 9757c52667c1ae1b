package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.protocol.Codec;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One websocket of one client, as the container sees it. Public, with a constructor without parameters, because the
 * container makes it.
 *
 * <p>The container calls {@link #init} once the request has been answered, and from then on one method at a time, on its
 * own threads; {@link #destroy} may also come from a thread of ours that closes the connection.
 */
public final class WebSocketUpgrade implements HttpUpgradeHandler, ReadListener {

    private static final Logger LOG = Logger.getLogger(WebSocketUpgrade.class.getName());
    private static final int BUFFER_BYTES = 8_192;

    private EngineServer server;
    private WriteSelector selector;
    private Codec codec;
    private WebSocketReceiver.Admittance admittance;

    private ServletInputStream input;
    private WebSocketTransport transport;
    private WebSocketReceiver receiver;

    /** To be called once, on the request's thread. */
    void serve(
            EngineServer engine, WriteSelector writeSelector, Codec engineCodec, WebSocketReceiver.Admittance entry) {
        server = engine;
        selector = writeSelector;
        codec = engineCodec;
        admittance = entry;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            transport = new WebSocketTransport(connection, output(connection), codec, server);
            input = connection.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("The container gives no streams of an upgraded connection", e);
        }
        receiver = new WebSocketReceiver(transport, codec, server.options().maxPayloadBytes(), server.observer());
        try {
            receiver.open(admittance);
        } finally {
            // Also for a websocket that is to be closed at once: its close frame is answered, and Liberty closes no
            // connection that is not read.
            input.setReadListener(this);
            transport.readingHasBegun();
        }
    }

    private ByteOutput output(WebConnection connection) throws IOException {
        // Asked for in any case: Liberty does not close a connection without one.
        OutputStream stream = connection.getOutputStream();
        Optional<SocketChannel> channel = LibertyConnection.channel(connection);
        return channel.isPresent() ? new ChannelOutput(channel.get(), selector) : new StreamOutput(stream);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!input.isFinished() && input.isReady()) {
            int count = input.read(buffer);
            if (count < 0) {
                receiver.ended(CloseReason.TRANSPORT_CLOSE);
                return;
            }
            receiver.receive(buffer, count);
        }
    }

    @Override
    public void onAllDataRead() {
        receiver.ended(CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    public void onError(Throwable failure) {
        // A connection that this side closes meanwhile shows in several unchecked ways.
        boolean foreseen = failure instanceof IOException || transport.isClosing();
        if (!foreseen) {
            LOG.log(Level.SEVERE, "A websocket failed in an unforeseen way", failure);
            transport.closeSoon(CloseCode.NORMAL);
        }
        receiver.ended(foreseen ? CloseReason.TRANSPORT_CLOSE : CloseReason.TRANSPORT_ERROR);
    }

    @Override
    public void destroy() {
        if (receiver == null) {
            // Its streams could not be had.
            return;
        }
        transport.gone();
        // Whatever ended the connection, its session does not outlive it.
        server.onWriter(() -> receiver.ended(CloseReason.TRANSPORT_CLOSE));
    }
}
