package app.realtime.socketio;

import app.realtime.engineio.EngineHandler;
import app.realtime.engineio.Session;
import app.realtime.socketio.adapter.Adapter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Socket.IO over Engine.IO: the namespaces, and the handler that makes clients of sessions. Thread-safe.
 *
 * <pre>{@code
 * SocketServer server = new SocketServer(name -> new LocalAdapter(), observer, clock, timer);
 * server.of("/").onConnection(socket -> socket.on("hello", (args, ack) -> socket.emit("welcome")));
 * new EngineServer(options, server, gate, ...);
 * }</pre>
 */
public final class SocketServer implements EngineHandler {

    /** How long a session may live without being connected to any namespace, as in the reference server. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(45);

    private static final int ID_BYTES = 15;

    private final Function<String, Adapter> adapters;
    private final SocketObserver observer;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Namespace> namespaces = new ConcurrentHashMap<>();

    /**
     * @param adapters makes the adapter of a namespace
     * @param timer for time-outs; its tasks never block
     */
    public SocketServer(
            Function<String, Adapter> adapters, SocketObserver observer, Clock clock, ScheduledExecutorService timer) {
        this.adapters = adapters;
        this.observer = observer;
        this.clock = clock;
        this.timer = timer;
    }

    /** The namespace of this name, which begins with a slash; made if it does not exist. */
    public Namespace of(String name) {
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("A namespace begins with a slash: " + name);
        }
        return namespaces.computeIfAbsent(name, key -> new Namespace(key, this, adapters.apply(key)));
    }

    @Override
    public SessionHandler onOpen(Session session) {
        return new Client(session, this);
    }

    Optional<Namespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
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
