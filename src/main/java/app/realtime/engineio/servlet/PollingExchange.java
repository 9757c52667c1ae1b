package app.realtime.engineio.servlet;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One long-polling request of a session: a poll (GET) or a body of packets (POST). */
record PollingExchange(EngineServer server, Session session, PollingTransport transport) {

    private static final Logger LOG = Logger.getLogger(PollingExchange.class.getName());

    /** Poll and body travel on connections of their own, and by threads of their own here. */
    private static final Duration LATE_POLL = Duration.ofMillis(50);

    void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        // The heartbeat answers every poll in time, or ends the session.
        context.setTimeout(0);
        context.addListener(new GoneListener(context));
        if (transport.offerPoll(context)) {
            session.polled();
        } else {
            // A client polls one at a time; the reference server ends the session as well.
            server.observer().refused("overlapping_poll");
            text(context, 400, "overlapping poll");
            session.end(CloseReason.TRANSPORT_ERROR);
        }
    }

    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        if (request.getContentLengthLong() > maxPayloadBytes()) {
            refuseTooLarge(context);
        } else if (!transport.beginReceiving()) {
            server.observer().refused("overlapping_body");
            text(context, 400, "overlapping body");
            session.end(CloseReason.TRANSPORT_ERROR);
        } else {
            request.getInputStream()
                    .setReadListener(new BodyReader(
                            request.getInputStream(),
                            request.getContentLength(),
                            maxPayloadBytes(),
                            outcome -> received(context, request.getContentType(), outcome)));
        }
    }

    /** Nothing counts after a goodbye. */
    private void receive(List<Packet> packets) {
        for (Packet packet : packets) {
            if (packet instanceof Packet.Close goodbye) {
                receive(goodbye);
                return;
            }
            session.receive(transport, packet);
        }
    }

    /** Without a poll that waits it is kept for a moment: one sent before may still be on its way, and is owed a noop. */
    private void receive(Packet.Close goodbye) {
        if (transport.isWritable()) {
            session.receive(transport, goodbye);
        } else {
            server.after(LATE_POLL, () -> session.receive(transport, goodbye));
        }
    }

    private int maxPayloadBytes() {
        return server.options().maxPayloadBytes();
    }

    private void refuseTooLarge(AsyncContext context) throws IOException {
        server.observer().refused("payload_too_large");
        text(context, 413, "payload too large");
    }

    private void received(AsyncContext context, String contentType, BodyReader.Outcome outcome) {
        try {
            if (outcome instanceof BodyReader.Outcome.Complete complete) {
                receive(transport.read(complete.body(), contentType));
                transport.endReceiving();
                text(context, 200, "ok");
            } else if (outcome instanceof BodyReader.Outcome.TooLarge) {
                transport.endReceiving();
                refuseTooLarge(context);
            } else if (outcome instanceof BodyReader.Outcome.Broken broken) {
                LOG.log(Level.FINE, broken.cause(), () -> "Gone while sending a body: " + session);
                session.closed(transport, CloseReason.TRANSPORT_ERROR);
                context.complete();
            }
        } catch (ProtocolException e) {
            session.violated(transport, e);
            endWith(context, 400, "parse error");
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "Gone before it had its answer: " + session);
            session.closed(transport, CloseReason.TRANSPORT_ERROR);
        }
    }

    private void endWith(AsyncContext context, int status, String text) {
        try {
            text(context, status, text);
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "Gone before it had its answer: " + session);
        }
    }

    /** The type is the reference server's: it keeps old browsers from offering a download. */
    private void text(AsyncContext context, int status, String text) throws IOException {
        AsyncAnswer.send(
                context,
                status,
                "text/html",
                text.getBytes(StandardCharsets.UTF_8),
                failure -> LOG.log(Level.FINE, failure, () -> "Gone before it had its answer: " + session));
    }

    /** A poll whose connection breaks leaves a client that cannot be reached. */
    private final class GoneListener implements AsyncListener {

        private final AsyncContext context;

        GoneListener(AsyncContext context) {
            this.context = context;
        }

        @Override
        public void onError(AsyncEvent event) {
            if (transport.dropPoll(context)) {
                session.closed(transport, CloseReason.TRANSPORT_ERROR);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
