package app.realtime.socketio;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineHandler.SessionHandler;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.SendOptions;
import app.realtime.engineio.Session;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.EngineMessages;
import app.realtime.socketio.adapter.Message;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketDecoder;
import app.realtime.socketio.protocol.PacketEncoder;
import app.realtime.socketio.protocol.ProtocolException;
import app.realtime.socketio.protocol.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/**
 * One connection, with its sockets in one or more namespaces.
 *
 * <p>What comes in is handled under {@link #inbound}, one message at a time, also while the session moves from polling
 * to a websocket. {@link #onClose} does not take that lock: two clients that disconnect each other must not wait for
 * each other.
 */
final class Client implements SessionHandler {

    private static final Logger LOG = Logger.getLogger(Client.class.getName());

    private final Session session;
    private final SocketServer server;
    private final Dialect dialect;
    private final ReentrantLock inbound = new ReentrantLock();
    /** Guarded by {@link #inbound}. */
    private final PacketDecoder decoder = new PacketDecoder();
    /** By namespace: those that are connected, and those that are about to be. */
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>(2);

    /** Namespaces that this side has disconnected the client from. */
    private final Set<String> sentAway = ConcurrentHashMap.newKeySet(1);

    /**
     * What middleware has decided while another thread held {@link #inbound}. Whoever lets go of the lock looks after it:
     * two clients that decide about each other must not wait for each other.
     */
    private final Queue<Runnable> decisions = new ConcurrentLinkedQueue<>();

    private volatile Optional<DisconnectReason> closed = Optional.empty();
    private volatile String name = "a client that is not connected yet";
    /** Guarded by {@link #inbound}. */
    private int connects;

    Client(Session session, SocketServer server) {
        this.session = session;
        this.server = server;
        this.dialect = Dialect.of(session.revision());
        server.connectTimeouts().begin(session);
    }

    @Override
    public void onReady() {
        inbound.lock();
        try {
            dialect.impliedBy(session.request()).ifPresent(this::connect);
        } finally {
            letGo();
        }
    }

    @Override
    public void onText(String data) {
        inbound.lock();
        try {
            decoder.add(data).ifPresent(this::receive);
        } catch (ProtocolException e) {
            refuse(e);
        } finally {
            letGo();
        }
    }

    @Override
    public void onBinary(byte[] data) {
        inbound.lock();
        try {
            decoder.add(data).ifPresent(this::receive);
        } catch (ProtocolException e) {
            refuse(e);
        } finally {
            letGo();
        }
    }

    @Override
    public void onClose(CloseReason reason) {
        DisconnectReason why = DisconnectReason.of(reason);
        closed = Optional.of(why);
        server.connectTimeouts().end(session);
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnected(why));
    }

    @Override
    public boolean mayUse(HandshakeRequest request) {
        return server.guard().admits(request, session.request(), List.copyOf(sockets.values()));
    }

    @Override
    public String name() {
        return name;
    }

    private void receive(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            connect(connect);
            return;
        }
        String namespace = dialect.namespace(packet.namespace());
        Socket socket = sockets.get(namespace);
        if (packet instanceof Packet.ConnectError) {
            cutOff(Violation.CONNECT_ERROR_FROM_CLIENT);
        } else if (socket == null && sentAway.contains(namespace)) {
            // Sent before the client could know that it was disconnected.
            LOG.finer(() -> "A packet to a namespace that it was disconnected from, from " + name);
        } else if (socket == null || socket.isConnecting()) {
            cutOff(Violation.NOT_CONNECTED);
        } else {
            receive(socket, packet);
        }
    }

    private void receive(Socket socket, Packet packet) {
        if (packet instanceof Packet.Event event) {
            server.observer().received();
            socket.receive(event);
        } else if (packet instanceof Packet.Ack ack) {
            if (!socket.receive(ack)) {
                ignored(Violation.UNKNOWN_ACK_ID);
            }
        } else if (packet instanceof Packet.Disconnect) {
            socket.disconnected(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (packet instanceof Packet.Meaningless meaningless) {
            ignored(meaningless.violation());
        }
    }

    private void ignored(Violation violation) {
        server.observer().refused(violation.metricName());
        LOG.finer(() -> "Ignored " + violation.text() + " from " + name);
    }

    /** As the reference server does: whoever sends what it may not send in its state loses the connection. */
    private void cutOff(Violation violation) {
        server.observer().refused(violation.metricName());
        LOG.fine(() -> "Cut off for " + violation.text() + ": " + name);
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnected(DisconnectReason.FORCED_SERVER_CLOSE));
        session.end(CloseReason.FORCED_CLOSE);
    }

    private void connect(Packet.Connect connect) {
        String namespace = dialect.namespace(connect.namespace());
        connects++;
        if (connects > server.options().maxConnects()) {
            cutOff(Violation.TOO_MANY_CONNECTS);
        } else if (sockets.containsKey(namespace)) {
            cutOff(Violation.ALREADY_CONNECTED);
        } else {
            JsonNode auth = dialect.auth(connect);
            enter(namespace, auth).ifPresentOrElse(entered -> connect(entered, auth), () -> refuseNamespace(namespace));
        }
    }

    private Optional<Namespace> enter(String namespace, JsonNode auth) {
        try {
            return server.namespaces().enter(namespace, auth);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "A rule for namespaces failed on " + name);
            server.observer().refused("internal_error");
            return Optional.empty();
        }
    }

    /** An object in every dialect, as in the reference server. */
    private void refuseNamespace(String namespace) {
        send(Dialect.CURRENT.refused(namespace, "Invalid namespace", Optional.empty()));
    }

    private void connect(Namespace namespace, JsonNode auth) {
        Handshake handshake =
                new Handshake(session.request(), auth, server.clock().instant());
        Socket socket = new Socket(server.newSocketId(), namespace, this, handshake);
        sockets.put(namespace.name(), socket);
        sentAway.remove(namespace.name());
        namespace.setup().check(socket, failure -> decided(socket, failure));
        // onClose may have missed it.
        closed.ifPresent(socket::disconnected);
    }

    /** The middleware has let a socket in or refused it; on any thread, some time later perhaps. */
    private void decided(Socket socket, Optional<Throwable> failure) {
        decisions.add(() -> decide(socket, failure));
        settle();
    }

    private void letGo() {
        inbound.unlock();
        settle();
    }

    private void settle() {
        while (!decisions.isEmpty() && inbound.tryLock()) {
            try {
                for (Runnable next = decisions.poll(); next != null; next = decisions.poll()) {
                    next.run();
                }
            } finally {
                inbound.unlock();
            }
        }
    }

    /** Under {@link #inbound}. */
    private void decide(Socket socket, Optional<Throwable> failure) {
        try {
            if (!socket.isConnecting()) {
                LOG.finer(() -> "It has gone before it was connected: socket " + socket.id());
            } else if (failure.isPresent()) {
                refuse(socket, failure.get());
            } else {
                connected(socket);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Could not connect socket " + socket.id());
            session.end(CloseReason.FORCED_CLOSE);
        }
    }

    private void refuse(Socket socket, Throwable failure) {
        String namespace = socket.namespace().name();
        socket.abandon();
        if (failure instanceof ConnectRefusedException refused) {
            server.observer().refused(refused.code());
            send(dialect.refused(namespace, refused.getMessage(), refused.data()));
        } else {
            LOG.log(
                    Level.SEVERE,
                    failure,
                    () -> "A middleware of namespace " + namespace + " failed on socket " + socket.id());
            server.observer().refused("internal_error");
            send(dialect.refused(namespace, "Internal error", Optional.empty()));
        }
    }

    /** Whoever is told that it is connected is in its rooms already, and yet no broadcast overtakes that message. */
    private void connected(Socket socket) {
        session.hold();
        try {
            if (!send(dialect.accepted(socket.namespace().name(), socket.id()))) {
                socket.abandon();
                return;
            }
            server.connectTimeouts().end(session);
            name = "socket " + socket.id();
            if (socket.connect()) {
                socket.namespace().setup().connected(socket);
            }
        } finally {
            session.release();
        }
    }

    /**
     * Ends the connection at once, where the reference server first sends what is queued; the reason that sockets hear
     * is the same. "parse error" is kept for what is not even Engine.IO.
     */
    private void refuse(ProtocolException e) {
        server.observer().refused(e.violation().metricName());
        LOG.fine(() -> "Not Socket.IO (" + e.getMessage() + ") from " + name);
        session.end(CloseReason.FORCED_CLOSE);
    }

    /** Queues a packet for this client alone; false if the connection has ended. */
    boolean send(Packet packet) {
        return session.send(EngineMessages.of(PacketEncoder.encode(packet)), SendOptions.DEFAULT);
    }

    /** Queues an event; false if the connection has ended, or it was dropped. */
    boolean send(Message message) {
        Delivery delivery = message.delivery();
        return session.send(
                message.packets(), new SendOptions(delivery.compress(), delivery.droppable(), message.many()));
    }

    /** Disconnects all sockets, so that the client does not come back by itself, then closes the connection after what was sent. */
    void disconnect() {
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnect(false));
        session.close(CloseReason.FORCED_CLOSE);
    }

    void forget(Socket socket, DisconnectReason reason) {
        Namespace namespace = socket.namespace();
        if (sockets.remove(namespace.name(), socket) && reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            sentAway.add(namespace.name());
        }
        server.namespaces().leave(namespace);
    }
}
