package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One websocket of one client. The container calls it from one thread at a time; {@link #onError} and {@link #onClose}
 * may come from another, and only read.
 */
final class WebSocketEndpoint extends Endpoint {

    private static final Logger LOG = Logger.getLogger(WebSocketEndpoint.class.getName());

    /** Finds the session of a websocket that has just opened; empty if there is none any more. */
    @FunctionalInterface
    interface Admittance {
        Optional<Session> enter(WebSocketTransport transport);
    }

    private final Admittance admittance;
    private final Codec codec;
    private final int maxPayloadBytes;
    private volatile Optional<Session> session = Optional.empty();
    private volatile WebSocketTransport transport;

    WebSocketEndpoint(Admittance admittance, Codec codec, int maxPayloadBytes) {
        this.admittance = admittance;
        this.codec = codec;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    @Override
    public void onOpen(jakarta.websocket.Session socket, EndpointConfig config) {
        socket.setMaxIdleTimeout(0);
        // Over the limit the container closes with 1009, "message too big".
        socket.setMaxTextMessageBufferSize(maxPayloadBytes);
        socket.setMaxBinaryMessageBufferSize(maxPayloadBytes);
        transport = new WebSocketTransport(socket, codec);
        session = admittance.enter(transport);
        if (session.isEmpty()) {
            transport.close(CloseReason.TRANSPORT_CLOSE);
            return;
        }
        socket.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::onText);
        socket.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) this::onBinary);
    }

    private void onText(String frame) {
        try {
            receive(codec.decode(frame));
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    private void onBinary(byte[] frame) {
        try {
            receive(codec.decode(frame));
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    private void receive(Packet packet) {
        session.ifPresent(open -> open.receive(transport, packet));
    }

    private void refuse(ProtocolException e) {
        LOG.fine(() -> "A client sent what is not Engine.IO: " + e.getMessage());
        session.ifPresent(open -> open.closed(transport, CloseReason.PARSE_ERROR));
    }

    @Override
    public void onClose(jakarta.websocket.Session socket, jakarta.websocket.CloseReason reason) {
        session.ifPresent(open -> open.closed(transport, CloseReason.TRANSPORT_CLOSE));
    }

    @Override
    public void onError(jakarta.websocket.Session socket, Throwable failure) {
        if (!(failure instanceof IOException)) {
            LOG.log(Level.FINE, "A websocket failed", failure);
        }
        session.ifPresent(open -> open.closed(transport, CloseReason.TRANSPORT_ERROR));
    }
}
