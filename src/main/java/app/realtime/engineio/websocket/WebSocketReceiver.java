package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What comes in on one websocket, and whose it is. Used by the thread that reads, one at a time; {@link
 * #close(CloseReason)} may come from any.
 */
final class WebSocketReceiver implements ChannelConnection.Input, FrameDecoder.Listener {

    private static final Logger LOG = Logger.getLogger(WebSocketReceiver.class.getName());

    /** Finds the session of a websocket that has just opened; empty if there is none any more. */
    @FunctionalInterface
    interface Admittance {
        Optional<Session> enter(WebSocketTransport transport);
    }

    private final WebSocketTransport transport;
    private final Codec codec;
    private final EngineObserver observer;
    private final FrameDecoder decoder;
    private volatile Optional<Session> session = Optional.empty();

    WebSocketReceiver(WebSocketTransport transport, Codec codec, int maxPayloadBytes, EngineObserver observer) {
        this.transport = transport;
        this.codec = codec;
        this.observer = observer;
        this.decoder = new FrameDecoder(maxPayloadBytes, this);
    }

    /** To be called once, before anything is received. A websocket that finds no session is closed. */
    void open(Admittance admittance) {
        try {
            session = admittance.enter(transport);
            session.ifPresent(opened -> transport.onWritable(opened::writable));
        } finally {
            if (session.isEmpty()) {
                transport.closeSoon(CloseCode.NORMAL);
            }
        }
    }

    @Override
    public void received(byte[] bytes, int count) {
        try {
            decoder.decode(bytes, 0, count);
        } catch (FrameException e) {
            LOG.fine(() -> "Not a websocket's frames (" + e.getMessage() + ") from " + client());
            observer.refused(e.violation().metricName());
            transport.closeSoon(e.violation().closeCode());
            close(CloseReason.TRANSPORT_ERROR);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Something has failed that nobody foresaw: this websocket is closed. */
    void failed(Throwable failure) {
        LOG.log(Level.SEVERE, "A websocket failed in an unforeseen way", failure);
        transport.closeSoon(CloseCode.NORMAL);
        close(CloseReason.TRANSPORT_ERROR);
    }

    /** Of a connection that the container does not close by itself. */
    @Override
    public void ended() {
        close(CloseReason.TRANSPORT_CLOSE);
        transport.peerGone();
    }

    private String client() {
        return session.map(Session::toString).orElse("a client without a session");
    }

    @Override
    public void text(String message) {
        try {
            pass(codec.decode(message));
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    @Override
    public void binary(byte[] message) {
        try {
            pass(codec.decode(message));
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    private void pass(Packet packet) {
        session.ifPresent(open -> open.receive(transport, packet));
    }

    private void refuse(ProtocolException e) {
        session.ifPresent(open -> open.violated(transport, e));
    }

    @Override
    public void ping(byte[] data) {
        transport.pong(data);
    }

    @Override
    public void close(int code) {
        transport.peerClosed(code);
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** Nothing more is going to come. */
    void close(CloseReason reason) {
        session.ifPresent(open -> open.closed(transport, reason));
    }
}
