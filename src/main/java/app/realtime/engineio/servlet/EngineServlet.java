package app.realtime.engineio.servlet;

import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Revision;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.engineio.websocket.WebSocketHandshake;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP face of Engine.IO: checks each request as the reference server does, in the same order, opens sessions and
 * passes the rest to {@link PollingExchange} or, for a websocket, to {@link WebSocketEdge}; requests of sessions that another
 * instance owns go to the {@link Relay}.
 *
 * <p>Registered with asynchronous support for the endpoint's path, with and without trailing slash. Has no state of its
 * own.
 */
public final class EngineServlet extends HttpServlet {

    private static final Logger LOG = Logger.getLogger(EngineServlet.class.getName());

    private final transient EngineServer server;
    private final transient Requests requests;
    private final transient WebSocketEdge webSockets;
    private final transient Optional<Relay> relay;

    /** Of the only instance. */
    public EngineServlet(EngineServer server, ClientAddresses addresses, WebSocketEdge webSockets) {
        this(server, addresses, webSockets, Optional.empty());
    }

    /** @param relay the way to sessions of other instances */
    public EngineServlet(
            EngineServer server, ClientAddresses addresses, WebSocketEdge webSockets, Optional<Relay> relay) {
        this.server = server;
        this.requests = new Requests(addresses);
        this.webSockets = webSockets;
        this.relay = relay;
    }

    /** A client that goes away is no error of ours: thrown on, it would fill the container's log. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        try {
            if (request.getAttribute(Decision.ATTRIBUTE) instanceof Decision decision) {
                decide(request, response, decision.handshake(), decision.admission());
            } else {
                dispatch(request, response);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client went away before it had its answer", e);
        }
    }

    /** A request of one of this instance's sessions that came to another. */
    void relayed(HttpServletRequest request, HttpServletResponse response, String sessionId) throws IOException {
        Query query = Query.parse(Optional.ofNullable(request.getQueryString()));
        Optional<TransportName> transport = query.get("transport").flatMap(TransportName::ofWireName);
        Optional<Session> session = server.session(sessionId);
        if (transport.isEmpty() || session.isEmpty()) {
            refuse(response, HandshakeError.UNKNOWN_SESSION);
        } else {
            proceed(request, response, transport.get(), query, session.get());
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.parse(Optional.ofNullable(request.getQueryString()));
        Optional<TransportName> transport = query.get("transport").flatMap(TransportName::ofWireName);
        if (request.getPathInfo() != null && !request.getPathInfo().equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (transport.isEmpty()) {
            refuse(response, HandshakeError.UNKNOWN_TRANSPORT);
        } else if (query.get("j").isPresent()) {
            // JSONP is not served: it would run what other sites can ask for as a script.
            refuse(response, HandshakeError.BAD_REQUEST);
        } else if (query.isGiven("sid")) {
            String sessionId = query.get("sid").get();
            Optional<Session> session = server.session(sessionId);
            if (session.isPresent()) {
                proceed(request, response, transport.get(), query, session.get());
            } else if (relay.isEmpty()
                    || !relay.get().passOn(request, response, transport.get(), query.isGiven("b64"), sessionId)) {
                refuse(response, HandshakeError.UNKNOWN_SESSION);
            }
        } else {
            handshake(request, response, transport.get(), query);
        }
    }

    /** A request of a session that exists. */
    private void proceed(
            HttpServletRequest request,
            HttpServletResponse response,
            TransportName transport,
            Query query,
            Session session)
            throws IOException {
        if (isOfAnother(session, request, query)) {
            server.observer().refused("session_of_another_user");
            answer(response, HandshakeError.FORBIDDEN.status(), HandshakeError.FORBIDDEN.body());
        } else if (transport == TransportName.WEBSOCKET) {
            if (WebSocketHandshake.isValid(request)) {
                webSockets.upgrade(request, response, session, query.isGiven("b64"));
            } else {
                refuse(response, HandshakeError.BAD_REQUEST);
            }
        } else if (WebSocketHandshake.isWanted(request) || !(session.transport() instanceof PollingTransport polling)) {
            refuse(response, HandshakeError.BAD_REQUEST);
        } else {
            PollingExchange exchange = new PollingExchange(server, session, polling);
            switch (request.getMethod()) {
                case "GET" -> exchange.poll(request, response);
                case "POST" -> exchange.receive(request, response);
                default -> refuse(response, HandshakeError.BAD_REQUEST);
            }
        }
    }

    /** Credentials that the session was not opened with are looked at; most requests have none, or the same. */
    private boolean isOfAnother(Session session, HttpServletRequest request, Query query) {
        Optional<String> credentials = Optional.ofNullable(request.getHeader("Authorization"));
        return credentials.isPresent()
                && !credentials.equals(session.request().header("authorization"))
                && !session.mayBeUsedBy(requests.handshake(request, query));
    }

    private void handshake(
            HttpServletRequest request, HttpServletResponse response, TransportName transport, Query query)
            throws IOException {
        boolean upgrade = WebSocketHandshake.isWanted(request);
        if (!request.getMethod().equals("GET")) {
            refuse(response, HandshakeError.BAD_METHOD);
        } else if (upgrade != (transport == TransportName.WEBSOCKET)) {
            refuse(response, HandshakeError.BAD_REQUEST);
        } else if (query.get("EIO").flatMap(Revision::ofWireName).isEmpty()) {
            refuse(response, HandshakeError.UNSUPPORTED_VERSION);
        } else {
            HandshakeRequest handshake = requests.handshake(request, query);
            CompletableFuture<Admission> admission = server.admit(handshake).toCompletableFuture();
            if (admission.isDone() || upgrade) {
                // Liberty does not upgrade a request that was dispatched while its first thread was still about to
                // leave it.
                decide(request, response, handshake, admission.join());
            } else {
                Decision.await(request, response, handshake, admission);
            }
        }
    }

    private void decide(
            HttpServletRequest request, HttpServletResponse response, HandshakeRequest handshake, Admission admission)
            throws IOException {
        if (admission instanceof Admission.Refused refused) {
            refuse(response, refused);
        } else if (admission instanceof Admission.Admitted admitted) {
            open(request, response, handshake, admitted);
        }
    }

    private void open(
            HttpServletRequest request,
            HttpServletResponse response,
            HandshakeRequest handshake,
            Admission.Admitted admitted)
            throws IOException {
        if (WebSocketHandshake.isValid(request)) {
            webSockets.open(request, response, handshake, admitted);
        } else if (WebSocketHandshake.isWanted(request)) {
            admitted.release().run();
            refuse(response, HandshakeError.BAD_REQUEST);
        } else {
            PollingTransport polling = new PollingTransport(
                    Codec.of(handshake.revision(), handshake.wantsBase64()),
                    server.options().compressionThreshold());
            Session session = server.open(handshake, polling, admitted);
            polling.onLost(() -> session.closed(polling, CloseReason.TRANSPORT_ERROR));
            // The handshake is the answer to this request, which is the session's first poll.
            new PollingExchange(server, session, polling).poll(request, response);
        }
    }

    private void refuse(HttpServletResponse response, HandshakeError error) throws IOException {
        server.observer().refused(error.name().toLowerCase(Locale.ROOT));
        answer(response, error.status(), error.body());
    }

    private void refuse(HttpServletResponse response, Admission.Refused refused) throws IOException {
        server.observer().refused(refused.reason());
        refused.retryAfter()
                .ifPresent(after -> response.setHeader("Retry-After", String.valueOf(Math.max(1, after.toSeconds()))));
        answer(response, refused.status(), HandshakeError.FORBIDDEN.body(refused.message()));
    }

    private static void answer(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(HandshakeError.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
