package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import app.realtime.engineio.protocol.Violation;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One websocket of one client. The container calls it from one thread at a time; {@link #onError} and {@link #onClose}
 * may come from another, and only read.
 */
final class WebSocketEndpoint extends Endpoint {

    private static final Logger LOG = Logger.getLogger(WebSocketEndpoint.class.getName());

    private static final int PROTOCOL_ERROR = 1002;
    private static final int CANNOT_ACCEPT = 1003;
    private static final int NOT_CONSISTENT = 1007;
    private static final int TOO_BIG = 1009;

    /** Finds the session of a websocket that has just opened; empty if there is none any more. */
    @FunctionalInterface
    interface Admittance {
        Optional<Session> enter(WebSocketTransport transport);
    }

    private final Admittance admittance;
    private final Codec codec;
    private final int maxPayloadBytes;
    private final EngineObserver observer;
    private volatile Optional<Session> session = Optional.empty();
    private volatile WebSocketTransport transport;

    WebSocketEndpoint(Admittance admittance, Codec codec, int maxPayloadBytes, EngineObserver observer) {
        this.admittance = admittance;
        this.codec = codec;
        this.maxPayloadBytes = maxPayloadBytes;
        this.observer = observer;
    }

    @Override
    public void onOpen(jakarta.websocket.Session socket, EndpointConfig config) {
        socket.setMaxIdleTimeout(0);
        // The container refuses a frame over the limit with 1009, "message too big", but puts a message of several
        // frames together whatever its size.
        socket.setMaxTextMessageBufferSize(maxPayloadBytes);
        socket.setMaxBinaryMessageBufferSize(maxPayloadBytes);
        transport = new WebSocketTransport(socket, codec);
        try {
            session = admittance.enter(transport);
        } catch (RuntimeException e) {
            transport.close(CloseReason.TRANSPORT_ERROR);
            throw e;
        }
        if (session.isEmpty()) {
            transport.close(CloseReason.TRANSPORT_CLOSE);
            return;
        }
        // Text is taken whole: in parts, Liberty refuses a character that two frames share.
        socket.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::onText);
        FrameAssembly assembly = new FrameAssembly(maxPayloadBytes);
        socket.addMessageHandler(
                byte[].class, (MessageHandler.Partial<byte[]>) (part, last) -> onPart(assembly.add(part, last)));
    }

    private void onPart(FrameAssembly.State state) {
        if (state instanceof FrameAssembly.Complete complete) {
            onBinary(complete.message());
        } else if (state instanceof FrameAssembly.TooLarge) {
            refuseTooLarge();
        }
    }

    private void refuseTooLarge() {
        transport.closeTooBig();
        session.ifPresent(open -> open.closed(transport, CloseReason.TRANSPORT_ERROR));
    }

    private void onText(String frame) {
        if (utf8Length(frame) > maxPayloadBytes) {
            refuseTooLarge();
            return;
        }
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

    private int utf8Length(String text) {
        // At most three bytes to a character: most messages need not be counted.
        return text.length() <= maxPayloadBytes / 3 ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private String client() {
        return session.map(Session::toString).orElse("a client without a session");
    }

    private void receive(Packet packet) {
        session.ifPresent(open -> open.receive(transport, packet));
    }

    private void refuse(ProtocolException e) {
        session.ifPresent(open -> open.violated(transport, e));
    }

    @Override
    public void onClose(jakarta.websocket.Session socket, jakarta.websocket.CloseReason reason) {
        // What the container closes by itself because a client broke RFC 6455 is an error, as in the reference server.
        Optional<String> violation = violation(reason.getCloseCode().getCode());
        violation.ifPresent(observer::refused);
        CloseReason why = violation.isPresent() ? CloseReason.TRANSPORT_ERROR : CloseReason.TRANSPORT_CLOSE;
        session.ifPresent(open -> open.closed(transport, why));
    }

    private static Optional<String> violation(int closeCode) {
        return switch (closeCode) {
            case PROTOCOL_ERROR, CANNOT_ACCEPT -> Optional.of("websocket_protocol");
            case NOT_CONSISTENT -> Optional.of(Violation.MALFORMED_UTF8.metricName());
            case TOO_BIG -> Optional.of("payload_too_large");
            default -> Optional.empty();
        };
    }

    @Override
    public void onError(jakarta.websocket.Session socket, Throwable failure) {
        if (!(failure instanceof IOException)) {
            LOG.log(Level.FINE, failure, () -> "The websocket failed of " + client());
        }
        session.ifPresent(open -> open.closed(transport, CloseReason.TRANSPORT_ERROR));
    }
}
