package app.realtime.socketio;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineHandler;
import app.realtime.engineio.Session;
import app.realtime.engineio.Timeouts;
import app.realtime.socketio.adapter.Adapter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Socket.IO over Engine.IO: the namespaces, and the handler that makes clients of sessions. Broadcasts that begin here go
 * to the main namespace. Thread-safe.
 *
 * <pre>{@code
 * SocketServer server = new SocketServer(name -> new LocalAdapter(), observer, clock, timer);
 * server.of("/").onConnection(socket -> socket.on("hello", (args, ack) -> socket.emit("welcome")));
 * new EngineServer(options, server, gate, ...);
 * }</pre>
 */
public final class SocketServer implements EngineHandler, Broadcasting {

    private static final int ID_BYTES = 15;

    private final SocketOptions options;
    private final SocketObserver observer;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final SecureRandom random = new SecureRandom();
    private final Namespaces namespaces;
    private final Timeouts<Session> connectTimeouts;
    private volatile SessionGuard guard = (request, opening, sockets) -> true;

    /** With {@link SocketOptions#DEFAULTS}. */
    public SocketServer(
            Function<String, Adapter> adapters, SocketObserver observer, Clock clock, ScheduledExecutorService timer) {
        this(adapters, observer, clock, timer, SocketOptions.DEFAULTS);
    }

    /**
     * @param adapters makes the adapter of a namespace, given its name
     * @param timer for time-outs; its tasks never block
     */
    public SocketServer(
            Function<String, Adapter> adapters,
            SocketObserver observer,
            Clock clock,
            ScheduledExecutorService timer,
            SocketOptions options) {
        this.observer = observer;
        this.clock = clock;
        this.timer = timer;
        this.options = options;
        this.namespaces = new Namespaces(this, adapters, options.maxDynamicNamespaces());
        this.connectTimeouts =
                new Timeouts<>(options.connectTimeout(), timer, session -> session.close(CloseReason.FORCED_CLOSE));
    }

    /** The namespace of this name, which begins with a slash; made if it does not exist. */
    public Namespace of(String name) {
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("A namespace begins with a slash: " + name);
        }
        return namespaces.of(name);
    }

    /** All namespaces whose whole name matches; they come and go with their clients. */
    public ParentNamespace of(Pattern pattern) {
        return namespaces.of(pattern);
    }

    /**
     * All namespaces that a rule says yes to, given their name and a client's credentials; they come and go with their
     * clients. The rule is asked for every client, and must not block: what takes time belongs into {@link
     * ParentNamespace#useAsync}.
     */
    public ParentNamespace of(BiPredicate<String, JsonNode> rule) {
        return namespaces.of(rule);
    }

    /** Who may use a session beside the one who opened it; without this, everyone who knows its secret id. */
    public SocketServer guard(SessionGuard newGuard) {
        guard = newGuard;
        return this;
    }

    @Override
    public Broadcast broadcast() {
        return of("/").broadcast();
    }

    @Override
    public SessionHandler onOpen(Session session) {
        return new Client(session, this);
    }

    SessionGuard guard() {
        return guard;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    /** Of sessions that are not connected to anything yet. */
    Timeouts<Session> connectTimeouts() {
        return connectTimeouts;
    }

    SocketOptions options() {
        return options;
    }

    String newSocketId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    SocketObserver observer() {
        return observer;
    }

    Clock clock() {
        return clock;
    }

    ScheduledExecutorService timer() {
        return timer;
    }
}
