package app.realtime.engineio.servlet;

import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.Session;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.CodecV4;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.engineio.websocket.WebSocketHandshake;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP face of Engine.IO: checks each request as the reference server does, in the same order, opens sessions and
 * passes the rest to {@link PollingExchange} or, for a websocket, to {@link WebSocketEdge}.
 *
 * <p>Registered with asynchronous support for the endpoint's path, with and without trailing slash. Has no state of its
 * own.
 */
public final class EngineServlet extends HttpServlet {

    private static final Logger LOG = Logger.getLogger(EngineServlet.class.getName());

    private final transient EngineServer server;
    private final transient Requests requests;
    private final transient WebSocketEdge webSockets;

    public EngineServlet(EngineServer server, ClientAddresses addresses, WebSocketEdge webSockets) {
        this.server = server;
        this.requests = new Requests(addresses);
        this.webSockets = webSockets;
    }

    /** A client that goes away is no error of ours: thrown on, it would fill the container's log. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        try {
            dispatch(request, response);
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client went away before it had its answer", e);
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.parse(Optional.ofNullable(request.getQueryString()));
        Optional<TransportName> transport = query.get("transport").flatMap(TransportName::ofWireName);
        if (request.getPathInfo() != null && !request.getPathInfo().equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (transport.isEmpty()) {
            refuse(response, HandshakeError.UNKNOWN_TRANSPORT);
        } else if (query.get("sid").isPresent()) {
            Optional<Session> session = server.session(query.get("sid").get());
            if (session.isEmpty()) {
                refuse(response, HandshakeError.UNKNOWN_SESSION);
            } else {
                proceed(request, response, transport.get(), session.get());
            }
        } else {
            handshake(request, response, transport.get(), query);
        }
    }

    /** A request of a session that exists. */
    private void proceed(
            HttpServletRequest request, HttpServletResponse response, TransportName transport, Session session)
            throws IOException {
        if (transport == TransportName.WEBSOCKET) {
            if (WebSocketHandshake.isValid(request)) {
                webSockets.upgrade(request, response, session);
            } else {
                refuse(response, HandshakeError.BAD_REQUEST);
            }
        } else if (WebSocketHandshake.isWanted(request) || !(session.transport() instanceof PollingTransport polling)) {
            refuse(response, HandshakeError.BAD_REQUEST);
        } else {
            PollingExchange exchange =
                    new PollingExchange(session, polling, server.options().maxPayloadBytes());
            switch (request.getMethod()) {
                case "GET" -> exchange.poll(request, response);
                case "POST" -> exchange.receive(request, response);
                default -> refuse(response, HandshakeError.BAD_REQUEST);
            }
        }
    }

    private void handshake(
            HttpServletRequest request, HttpServletResponse response, TransportName transport, Query query)
            throws IOException {
        boolean upgrade = WebSocketHandshake.isWanted(request);
        if (!request.getMethod().equals("GET")) {
            refuse(response, HandshakeError.BAD_METHOD);
        } else if (upgrade != (transport == TransportName.WEBSOCKET)) {
            refuse(response, HandshakeError.BAD_REQUEST);
        } else if (!query.get("EIO").equals(Optional.of("4"))) {
            refuse(response, HandshakeError.UNSUPPORTED_VERSION);
        } else {
            HandshakeRequest handshake = requests.handshake(request, query);
            Admission admission = server.admit(handshake);
            if (admission instanceof Admission.Refused refused) {
                refuse(response, refused);
            } else if (admission instanceof Admission.Admitted admitted) {
                open(request, response, handshake, admitted);
            }
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
            PollingTransport polling = new PollingTransport(new CodecV4());
            Session session = server.open(handshake, polling, admitted);
            polling.onLost(() -> session.closed(polling, CloseReason.TRANSPORT_ERROR));
            // The handshake is the answer to this request, which is the session's first poll.
            new PollingExchange(session, polling, server.options().maxPayloadBytes()).poll(request, response);
        }
    }

    private void refuse(HttpServletResponse response, HandshakeError error) throws IOException {
        server.observer().refused(error.name().toLowerCase(Locale.ROOT));
        answer(response, error.status(), error.code(), error.message());
    }

    private void refuse(HttpServletResponse response, Admission.Refused refused) throws IOException {
        server.observer().refused(refused.reason());
        refused.retryAfter()
                .ifPresent(after -> response.setHeader("Retry-After", String.valueOf(Math.max(1, after.toSeconds()))));
        answer(response, refused.status(), HandshakeError.FORBIDDEN.code(), refused.message());
    }

    /** Messages are our own constants and numbers, with nothing in them to escape. */
    private static void answer(HttpServletResponse response, int status, int code, String message) throws IOException {
        byte[] body = ("{\"code\":" + code + ",\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
