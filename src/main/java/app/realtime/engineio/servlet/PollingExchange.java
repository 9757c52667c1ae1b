package app.realtime.engineio.servlet;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One long-polling request of a session: a poll (GET) or a body of packets (POST). */
record PollingExchange(EngineServer server, Session session, PollingTransport transport) {

    private static final Logger LOG = Logger.getLogger(PollingExchange.class.getName());

    /** Poll and body travel on connections of their own, and by threads of their own here. */
    private static final Duration LATE_POLL = Duration.ofMillis(50);

    void poll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Poll poll = new Poll(request, response, failure -> transport.lost());
        if (transport.offerPoll(poll)) {
            session.polled();
            poll.proceed(new GoneListener(poll));
        } else {
            // A client polls one at a time; the reference server ends the session as well.
            refuse("overlapping_poll", 400, "overlapping poll").send(request, response, this::gone);
            session.end(CloseReason.TRANSPORT_ERROR);
        }
    }

    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getContentLengthLong() > maxPayloadBytes()) {
            tooLarge().send(request, response, this::gone);
        } else if (!transport.beginReceiving()) {
            refuse("overlapping_body", 400, "overlapping body").send(request, response, this::gone);
            session.end(CloseReason.TRANSPORT_ERROR);
        } else {
            read(request, response);
        }
    }

    /** A body that has come with its request is handled at once; another is read as it comes. */
    private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletInputStream input = request.getInputStream();
        int length = request.getContentLength();
        if (length > 0 && input.available() >= length) {
            Optional<Answer> answer =
                    received(request.getContentType(), new BodyReader.Outcome.Complete(input.readNBytes(length)));
            if (answer.isPresent()) {
                answer.get().send(request, response, this::gone);
            }
        } else {
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            input.setReadListener(new BodyReader(
                    input,
                    length,
                    maxPayloadBytes(),
                    outcome -> complete(context, received(request.getContentType(), outcome))));
        }
    }

    private void complete(AsyncContext context, Optional<Answer> answer) {
        if (answer.isEmpty()) {
            context.complete();
            return;
        }
        try {
            answer.get().send(context, this::gone);
        } catch (IOException e) {
            gone(e);
            session.closed(transport, CloseReason.TRANSPORT_ERROR);
        }
    }

    private void gone(Throwable failure) {
        LOG.log(Level.FINE, failure, () -> "Gone before it had its answer: " + session);
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

    private Answer refuse(String reason, int status, String text) {
        server.observer().refused(reason);
        return Answer.text(status, text);
    }

    private Answer tooLarge() {
        return refuse("payload_too_large", 413, "payload too large");
    }

    /** @return empty if nobody is there to be answered */
    private Optional<Answer> received(String contentType, BodyReader.Outcome outcome) {
        if (outcome instanceof BodyReader.Outcome.Complete complete) {
            try {
                receive(transport.read(complete.body(), contentType));
            } catch (ProtocolException e) {
                session.violated(transport, e);
                return Optional.of(Answer.text(400, "parse error"));
            }
            transport.endReceiving();
            return Optional.of(Answer.text(200, "ok"));
        }
        if (outcome instanceof BodyReader.Outcome.Broken broken) {
            LOG.log(Level.FINE, broken.cause(), () -> "Gone while sending a body: " + session);
            session.closed(transport, CloseReason.TRANSPORT_ERROR);
            return Optional.empty();
        }
        transport.endReceiving();
        return Optional.of(tooLarge());
    }

    /** A poll whose connection breaks leaves a client that cannot be reached. */
    private final class GoneListener implements AsyncListener {

        private final Poll poll;

        GoneListener(Poll poll) {
            this.poll = poll;
        }

        @Override
        public void onError(AsyncEvent event) {
            if (transport.dropPoll(poll)) {
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
