package app.realtime.socketio;

import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.protocol.EventNames;
import app.realtime.socketio.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/** A part of the server that clients connect to separately. Thread-safe; set it up before clients come. */
public final class Namespace {

    private static final Logger LOG = Logger.getLogger(Namespace.class.getName());

    private final String name;
    private final SocketServer server;
    private final Adapter adapter;
    private final List<ConnectMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectListeners = new CopyOnWriteArrayList<>();

    Namespace(String name, SocketServer server, Adapter adapter) {
        this.name = name;
        this.server = server;
        this.adapter = adapter;
    }

    /** The name, which begins with a slash. */
    public String name() {
        return name;
    }

    /** Adds a check that a socket must pass to be connected; they run in the order in which they were added. */
    public Namespace use(ConnectMiddleware check) {
        middleware.add(check);
        return this;
    }

    /** Told of each socket that has connected, before its first event. */
    public Namespace onConnection(Consumer<Socket> listener) {
        connectListeners.add(listener);
        return this;
    }

    /** Who is in which room. */
    public Adapter adapter() {
        return adapter;
    }

    /**
     * Sends an event to a selection of sockets.
     *
     * @return the number of local sockets that it was queued for
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones
     */
    public int emit(Selection selection, String event, JsonNode... args) {
        if (EventNames.isReserved(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
        long begin = System.nanoTime();
        int recipients =
                adapter.broadcast(new Packet.Event(name, OptionalLong.empty(), event, List.of(args)), selection);
        server.observer().broadcast(recipients, Duration.ofNanos(System.nanoTime() - begin));
        return recipients;
    }

    SocketServer server() {
        return server;
    }

    void check(Socket socket) throws ConnectRefusedException {
        for (ConnectMiddleware check : middleware) {
            check.check(socket);
        }
    }

    void connected(Socket socket) {
        for (Consumer<Socket> listener : connectListeners) {
            try {
                listener.accept(socket);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, e, () -> "A listener failed on the connection of socket " + socket.id());
            }
        }
    }
}
