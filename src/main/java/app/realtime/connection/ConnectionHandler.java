package app.realtime.connection;

import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import app.realtime.json.Timestamps;
import app.realtime.limits.MessageLimits;
import app.realtime.limits.SocketAllowance;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomName;
import app.realtime.socketio.Acknowledgement;
import app.realtime.socketio.ConnectRefusedException;
import app.realtime.socketio.Handshake;
import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketObserver;
import app.realtime.socketio.SocketServer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of a connection: who it is, its first rooms, what it may ask for, and its end. Thread-safe; each socket keeps
 * its own state as attachments.
 */
@ApplicationScoped
public class ConnectionHandler {

    private static final Logger LOG = Logger.getLogger(ConnectionHandler.class.getName());
    private static final String RATE_LIMIT_EXCEEDED = "rate_limit_exceeded";

    private final TokenVerifier tokens;
    private final RoomManager rooms;
    private final MessageLimits limits;
    private final Clock clock;
    private final SocketObserver observer;
    private final TokenExpiry expiry;
    private final RoomRequests requests;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public ConnectionHandler(
            TokenVerifier tokens,
            RoomManager rooms,
            MessageLimits limits,
            Clock clock,
            SocketObserver observer,
            ScheduledExecutorService timer) {
        this.tokens = tokens;
        this.rooms = rooms;
        this.limits = limits;
        this.clock = clock;
        this.observer = observer;
        this.expiry = new TokenExpiry(tokens, rooms, clock, timer);
        this.requests = new RoomRequests(rooms, observer, clock);
    }

    /** For the container's proxy only. */
    protected ConnectionHandler() {
        this(null, null, null, null, null, null);
    }

    /** Serves the clients of the main namespace: the first of those who look at them, as they learn from it who they are. */
    void serve(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) SocketServer server) {
        server.guard(new SessionOwner(tokens));
        server.of("/").use(this::identify).onConnection(this::connected);
    }

    private void identify(Socket socket) throws ConnectRefusedException {
        Optional<String> token = token(socket.handshake());
        Identity identity;
        try {
            identity = token.isPresent() ? tokens.verify(token.get()) : anonymous();
        } catch (TokenRefusedException e) {
            LOG.fine(() -> "Refused socket " + socket.id() + ": " + e.getMessage());
            throw new ConnectRefusedException(
                    e.getMessage(), Map.of("code", e.reason().code()));
        }
        socket.attach(Identity.class, identity);
    }

    /** The credentials of the CONNECT packet go before the header of the handshake; an empty token is none. */
    private static Optional<String> token(Handshake handshake) throws ConnectRefusedException {
        JsonNode token = handshake.auth().path("token");
        if (token.isMissingNode()
                || token.isNull()
                || (token.isString() && token.stringValue().isEmpty())) {
            return BearerToken.of(handshake.request());
        }
        if (!token.isString()) {
            throw new ConnectRefusedException(
                    "auth.token must be a string", Map.of("code", TokenRefusedException.Reason.INVALID.code()));
        }
        return Optional.of(token.stringValue());
    }

    private Identity anonymous() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return new Identity.Anonymous("anon-" + HexFormat.of().formatHex(bytes));
    }

    private void connected(Socket socket) {
        Identity identity = socket.attachment(Identity.class).orElseThrow();
        SocketAllowance allowance = limits.open(socket.handshake().request().clientAddress());
        socket.onDisconnect(reason -> {
            allowance.close();
            LOG.fine(() -> "Socket " + socket.id() + " disconnected: " + reason.text());
        });
        socket.use((event, args, acknowledgement) -> admit(socket, allowance, acknowledgement));
        requests.serve(socket);
        expiry.serve(socket);
        List<RoomName> joined = rooms.enter(socket, identity);
        socket.emit("connected", welcome(socket, identity, joined));
        LOG.fine(() -> "Socket " + socket.id() + " connected as "
                + (identity.isAnonymous() ? "anonymous" : "user " + identity.userId()));
    }

    private JsonNode welcome(Socket socket, Identity identity, List<RoomName> joined) {
        ObjectNode welcome = JsonNodeFactory.instance
                .objectNode()
                .put("socketId", socket.id())
                .put("userId", identity.userId())
                .put("isAnonymous", identity.isAnonymous());
        joined.forEach(room -> welcome.withArray("rooms").add(room.toString()));
        return welcome.put("serverTime", Timestamps.format(clock.instant()));
    }

    private boolean admit(Socket socket, SocketAllowance allowance, Acknowledgement acknowledgement) {
        Optional<Duration> wait = allowance.tryAcquire();
        wait.ifPresent(duration -> {
            String message = "Too many messages";
            socket.emit(
                    RATE_LIMIT_EXCEEDED,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("message", message)
                            .put("retryAfter", Math.max(1, duration.toMillis())));
            Answers.refuse(acknowledgement, message, RATE_LIMIT_EXCEEDED);
            observer.refused(RATE_LIMIT_EXCEEDED);
        });
        return wait.isEmpty();
    }
}
