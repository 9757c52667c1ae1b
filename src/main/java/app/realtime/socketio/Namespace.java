package app.realtime.socketio;

import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.protocol.Packet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A part of the server that clients connect to separately. Thread-safe; set it up before clients come. */
public final class Namespace implements Broadcasting {

    private final String name;
    private final SocketServer server;
    private final Adapter adapter;
    private final NamespaceSetup setup;
    private final Optional<ParentNamespace> parent;
    private final Broadcast everyone;
    /** Whether it stays when nobody is there. */
    private volatile boolean permanent;
    /** Sockets that are there or about to be, while it is not permanent. Guarded by {@link Namespaces}. */
    private int occupants;

    Namespace(
            String name,
            SocketServer server,
            Adapter adapter,
            NamespaceSetup setup,
            Optional<ParentNamespace> parent,
            boolean permanent) {
        this.name = name;
        this.server = server;
        this.adapter = adapter;
        this.setup = setup;
        this.parent = parent;
        this.permanent = permanent;
        adapter.onInstanceEvent(setup::told);
        this.everyone = new Broadcast(List.of(this), Selection.everyone(), Delivery.DEFAULT);
    }

    /** The name, which begins with a slash. */
    public String name() {
        return name;
    }

    /** Adds a check that a socket must pass to be connected; they run in the order in which they were added. */
    public Namespace use(ConnectMiddleware check) {
        setup.middleware().add(check);
        return this;
    }

    /** Adds a check that takes its time, to the same chain. */
    public Namespace useAsync(AsyncConnectMiddleware check) {
        setup.middleware().addAsync(check);
        return this;
    }

    /** Told of each socket that has connected, before its first event. */
    public Namespace onConnection(Consumer<Socket> listener) {
        setup.onConnection(listener);
        return this;
    }

    /**
     * Hears what the application says to itself on another instance: by {@link #serverSideEmit}, or by {@code
     * serverSideEmit} on Node.js. Only one value of an answer arrives.
     */
    public Namespace onServerSide(String event, EventListener listener) {
        setup.onInstanceEvent(event, listener);
        return this;
    }

    /** Tells the other instances, which hear it by {@link #onServerSide}; no client does. */
    public void serverSideEmit(String event, Object... args) {
        adapter.tellInstances(event, Arguments.trees(args));
    }

    /**
     * Like {@link #serverSideEmit}, and waits for an answer of each of the other instances. Fails with a {@link
     * java.util.concurrent.TimeoutException} when one has not come after five seconds.
     */
    public CompletionStage<List<JsonNode>> serverSideRequest(String event, Object... args) {
        return adapter.askInstances(event, Arguments.trees(args));
    }

    /** Who is in which room. */
    public Adapter adapter() {
        return adapter;
    }

    /** The sockets of this instance; a copy. */
    public Collection<Socket> sockets() {
        return adapter.recipients().stream()
                .flatMap(recipient -> recipient instanceof Socket socket ? Stream.of(socket) : Stream.empty())
                .toList();
    }

    @Override
    public Broadcast broadcast() {
        return everyone;
    }

    /**
     * Sends an event to a selection of sockets.
     *
     * @return the number of local sockets that it was queued for
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones
     */
    public int emit(Selection selection, String event, Object... args) {
        return broadcast(selection, Delivery.DEFAULT, event, Arguments.trees(args));
    }

    int broadcast(Selection selection, Delivery delivery, String event, List<JsonNode> args) {
        Packet.Event packet = Arguments.event(name, event, args);
        long begin = System.nanoTime();
        int recipients = adapter.broadcast(packet, selection, delivery);
        server.observer().broadcast(recipients, Duration.ofNanos(System.nanoTime() - begin));
        return recipients;
    }

    SocketServer server() {
        return server;
    }

    NamespaceSetup setup() {
        return setup;
    }

    Optional<ParentNamespace> parent() {
        return parent;
    }

    boolean isPermanent() {
        return permanent;
    }

    void keep() {
        permanent = true;
    }

    void enter() {
        occupants++;
    }

    /** True if that was the last. */
    boolean leave() {
        occupants--;
        return occupants == 0 && !permanent;
    }
}
