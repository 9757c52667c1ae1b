package app.realtime.engineio.servlet;

import app.realtime.engineio.EngineServer;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.servlet.SessionOwners.Owner;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.engineio.websocket.WebSocketHandshake;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Passes requests of sessions that another instance owns on to its {@link RelayServlet}, and answers back: polls and bodies one
 * by one, websockets as a whole. No thread waits meanwhile. Thread-safe.
 */
public final class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class.getName());
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final SessionOwners owners;
    private final EngineServer server;
    private final WebSocketEdge webSockets;
    private final HttpClient client;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /** @param executor for what comes back */
    public Relay(SessionOwners owners, EngineServer server, WebSocketEdge webSockets, Executor executor) {
        this.owners = owners;
        this.server = server;
        this.webSockets = webSockets;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING)
                .executor(executor)
                .build();
    }

    /** False, and nothing has been done, if no other instance owns that session, or this is no request for one. */
    boolean passOn(
            HttpServletRequest request,
            HttpServletResponse response,
            TransportName transport,
            boolean base64,
            String sessionId)
            throws IOException {
        Optional<Owner> owner = owners.ownerOf(sessionId);
        boolean fits = transport == TransportName.WEBSOCKET
                ? WebSocketHandshake.isValid(request)
                : METHODS.contains(request.getMethod()) && !WebSocketHandshake.isWanted(request);
        if (owner.isEmpty() || !fits || !Passage.takesCredentialsOf(request)) {
            return false;
        }
        Passage passage = new Passage(owner.get(), sessionId, transport, base64);
        if (transport == TransportName.WEBSOCKET) {
            webSockets.tunnel(
                    request,
                    response,
                    owner.get().address(),
                    passage.handshake(request),
                    () -> unreachable(owner.get(), "websocket refused"));
        } else {
            exchange(request, response, passage);
        }
        return true;
    }

    /** Longer than an owner takes that is well. */
    private Duration longestPoll() {
        return server.options()
                .pingInterval()
                .plus(server.options().pingTimeout())
                .plus(CONNECTING);
    }

    /** Not for every request: there may be thousands a second. */
    private void unreachable(Owner owner, String reason) {
        server.observer().refused("owner_unreachable");
        long now = System.nanoTime();
        long quiet = quietUntil.get();
        if (now - quiet >= 0 && quietUntil.compareAndSet(quiet, now + TELL_EVERY.toNanos())) {
            LOG.warning(
                    () -> "Requests cannot be passed on to the instance at " + owner.address() + " (" + reason
                            + "). If it is there, its MANAGEMENT_PORT must be open to the other instances, at its INSTANCE_ADDRESS");
        }
    }

    private void exchange(HttpServletRequest request, HttpServletResponse response, Passage passage)
            throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        Exchange exchange =
                new Exchange(context, passage.owner(), passage.request(request).timeout(longestPoll()));
        if (request.getMethod().equals("POST")) {
            request.getInputStream()
                    .setReadListener(new BodyReader(
                            request.getInputStream(),
                            request.getContentLength(),
                            server.options().maxPayloadBytes(),
                            exchange::read));
        } else {
            exchange.send(BodyPublishers.noBody());
        }
    }

    /** One request on its way; used by one thread at a time. */
    private final class Exchange implements AsyncListener {

        private final AsyncContext context;
        private final Owner owner;
        private final HttpRequest.Builder request;
        private final String method;
        private volatile CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

        Exchange(AsyncContext context, Owner owner, HttpRequest.Builder request) {
            this.context = context;
            this.owner = owner;
            this.request = request;
            this.method = ((HttpServletRequest) context.getRequest()).getMethod();
            context.addListener(this);
        }

        void read(BodyReader.Outcome outcome) {
            if (outcome instanceof BodyReader.Outcome.Complete complete) {
                send(BodyPublishers.ofByteArray(complete.body()));
            } else if (outcome instanceof BodyReader.Outcome.TooLarge) {
                answer(Answer.text(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "payload too large"));
            } else {
                context.complete();
            }
        }

        void send(BodyPublisher body) {
            answer = client.sendAsync(request.method(method, body).build(), BodyHandlers.ofByteArray());
            answer.whenComplete((received, failure) -> answer(failure == null ? answerOf(received) : gone(failure)));
        }

        private Answer answerOf(HttpResponse<byte[]> received) {
            if (received.statusCode() == HttpServletResponse.SC_NOT_FOUND) {
                // Somebody else is there, who does not know this key.
                unreachable(owner, "another one answers");
                return Answer.of(HandshakeError.UNKNOWN_SESSION);
            }
            return new Answer(
                    received.statusCode(),
                    received.headers().firstValue("Content-Type").orElse("text/plain"),
                    received.body(),
                    received.headers().firstValue("Content-Encoding").flatMap(ContentCoding::ofToken));
        }

        /** As if the session had ended, which it soon will have: clients then open another one. */
        private Answer gone(Throwable failure) {
            LOG.log(Level.FINE, "The instance that owns a session does not answer", failure);
            if (!(failure instanceof CancellationException)) {
                unreachable(owner, failure.getClass().getSimpleName());
            }
            return Answer.of(HandshakeError.UNKNOWN_SESSION);
        }

        private void answer(Answer answered) {
            try {
                answered.send(context, failure -> LOG.log(Level.FINE, "A client went away", failure));
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.FINE, "A client went away before it had its answer", e);
            }
        }

        /** The owner must learn that nobody waits any more. */
        @Override
        public void onError(AsyncEvent event) {
            answer.cancel(true);
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
