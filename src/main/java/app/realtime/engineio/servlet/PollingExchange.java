package app.realtime.engineio.servlet;

import app.realtime.engineio.CloseReason;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/** One long-polling request of a session: a poll (GET) or a body of packets (POST). */
record PollingExchange(Session session, PollingTransport transport, int maxPayloadBytes) {

    private static final Logger LOG = Logger.getLogger(PollingExchange.class.getName());

    void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        // The heartbeat answers every poll in time, or ends the session.
        context.setTimeout(0);
        context.addListener(new GoneListener(context));
        if (transport.offerPoll(context)) {
            session.polled();
        } else {
            // A client polls one at a time; the reference server ends the session as well.
            text(context, 400, "overlapping poll");
            session.end(CloseReason.TRANSPORT_ERROR);
        }
    }

    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        if (request.getContentLengthLong() > maxPayloadBytes) {
            text(context, 413, "payload too large");
        } else if (!transport.beginReceiving()) {
            text(context, 400, "overlapping body");
            session.end(CloseReason.TRANSPORT_ERROR);
        } else {
            request.getInputStream()
                    .setReadListener(new BodyReader(
                            request.getInputStream(),
                            request.getContentLength(),
                            maxPayloadBytes,
                            outcome -> received(context, outcome)));
        }
    }

    private void received(AsyncContext context, BodyReader.Outcome outcome) {
        try {
            if (outcome instanceof BodyReader.Outcome.Complete complete) {
                deliver(complete.body());
                transport.endReceiving();
                text(context, 200, "ok");
            } else if (outcome instanceof BodyReader.Outcome.TooLarge) {
                transport.endReceiving();
                text(context, 413, "payload too large");
            } else if (outcome instanceof BodyReader.Outcome.Broken broken) {
                LOG.log(Level.FINE, broken.cause(), () -> "Gone while sending a body: " + session);
                session.closed(transport, CloseReason.TRANSPORT_ERROR);
                context.complete();
            }
        } catch (ProtocolException e) {
            LOG.fine(() -> "Not Engine.IO (" + e.getMessage() + ") from " + session);
            session.end(CloseReason.PARSE_ERROR);
            endWith(context, 400, "parse error");
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "Gone before it had its answer: " + session);
            session.closed(transport, CloseReason.TRANSPORT_ERROR);
        }
    }

    private void deliver(byte[] body) throws ProtocolException {
        for (Packet packet : session.codec().decodePayload(body)) {
            session.receive(transport, packet);
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
