package app.realtime.socketio;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineHandler.SessionHandler;
import app.realtime.engineio.SendOptions;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet.Binary;
import app.realtime.engineio.protocol.Packet.Text;
import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketDecoder;
import app.realtime.socketio.protocol.PacketEncoder;
import app.realtime.socketio.protocol.ProtocolException;
import app.realtime.socketio.protocol.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connection, with its sockets in one or more namespaces.
 *
 * <p>What comes in is handled under {@link #inbound}, one message at a time, also while the session moves from polling
 * to a websocket. {@link #onClose} does not take that lock: two clients that disconnect each other must not wait for
 * each other.
 */
final class Client implements SessionHandler {

    private static final Logger LOG = Logger.getLogger(Client.class.getName());

    /** How often one session may ask to be connected: each time costs the check of a token. */
    private static final int MAX_CONNECTS = 100;

    private final Session session;
    private final SocketServer server;
    private final ScheduledFuture<?> connectTimeout;
    private final ReentrantLock inbound = new ReentrantLock();
    /** Guarded by {@link #inbound}. */
    private final PacketDecoder decoder = new PacketDecoder();
    /** By namespace. */
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>(2);

    /** Namespaces that this side has disconnected the client from. */
    private final Set<String> sentAway = ConcurrentHashMap.newKeySet(1);

    private volatile boolean closed;
    private volatile String name = "a client that is not connected yet";
    /** Guarded by {@link #inbound}. */
    private int connects;

    Client(Session session, SocketServer server) {
        this.session = session;
        this.server = server;
        this.connectTimeout = server.timer()
                .schedule(
                        () -> session.close(CloseReason.FORCED_CLOSE),
                        SocketServer.CONNECT_TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void onText(String data) {
        inbound.lock();
        try {
            decoder.add(data).ifPresent(this::receive);
        } catch (ProtocolException e) {
            refuse(e);
        } finally {
            inbound.unlock();
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
            inbound.unlock();
        }
    }

    @Override
    public void onClose(CloseReason reason) {
        closed = true;
        connectTimeout.cancel(false);
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnected(DisconnectReason.of(reason)));
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
        Socket socket = sockets.get(packet.namespace());
        if (packet instanceof Packet.ConnectError) {
            cutOff(Violation.CONNECT_ERROR_FROM_CLIENT);
        } else if (socket == null && sentAway.contains(packet.namespace())) {
            // Sent before the client could know that it was disconnected.
            LOG.finer(() -> "A packet to a namespace that it was disconnected from, from " + name);
        } else if (socket == null) {
            cutOff(Violation.NOT_CONNECTED);
        } else if (packet instanceof Packet.Event event) {
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
        Optional<Namespace> namespace = server.find(connect.namespace());
        connects++;
        if (connects > MAX_CONNECTS) {
            cutOff(Violation.TOO_MANY_CONNECTS);
        } else if (sockets.containsKey(connect.namespace())) {
            cutOff(Violation.ALREADY_CONNECTED);
        } else if (namespace.isEmpty()) {
            refuse(connect.namespace(), "invalid_namespace", "Invalid namespace", Map.of());
        } else {
            connect(namespace.get(), connect.data());
        }
    }

    private void connect(Namespace namespace, Optional<JsonNode> auth) {
        Handshake handshake = new Handshake(
                session.request(),
                auth.orElseGet(JsonNodeFactory.instance::objectNode),
                server.clock().instant());
        Socket socket = new Socket(server.newSocketId(), namespace, this, handshake);
        try {
            namespace.check(socket);
        } catch (ConnectRefusedException e) {
            refuse(namespace.name(), e.data().getOrDefault("code", "refused"), e.getMessage(), e.data());
            return;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    e,
                    () -> "A middleware of namespace " + namespace.name() + " failed on socket " + socket.id());
            refuse(namespace.name(), "internal_error", "Internal error", Map.of());
            return;
        }
        sockets.put(namespace.name(), socket);
        if (closed) {
            sockets.remove(namespace.name());
            return;
        }
        connectTimeout.cancel(false);
        name = "socket " + socket.id();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("sid", socket.id());
        // Sent before the adapter knows the socket, so that no broadcast overtakes it.
        send(PacketEncoder.encode(new Packet.Connect(namespace.name(), Optional.of(answer))));
        if (socket.connect()) {
            namespace.connected(socket);
        }
    }

    private void refuse(String namespace, String code, String message, Map<String, String> data) {
        server.observer().refused(code);
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("message", message);
        if (!data.isEmpty()) {
            ObjectNode details = error.putObject("data");
            data.forEach(details::put);
        }
        send(PacketEncoder.encode(new Packet.ConnectError(namespace, error)));
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

    /** Queues a packet with its attachments; false if the connection has ended. */
    boolean send(EncodedPacket packet) {
        if (packet.attachments().isEmpty()) {
            return session.send(List.of(new Text(packet.text())), SendOptions.DEFAULT);
        }
        List<app.realtime.engineio.protocol.Packet> messages =
                new ArrayList<>(packet.attachments().size() + 1);
        messages.add(new Text(packet.text()));
        packet.attachments().forEach(bytes -> messages.add(new Binary(bytes)));
        return session.send(messages, SendOptions.DEFAULT);
    }

    /** Disconnects all sockets, so that the client does not come back by itself, then closes the connection after what was sent. */
    void disconnect() {
        List.copyOf(sockets.values()).forEach(socket -> socket.disconnect(false));
        session.close(CloseReason.FORCED_CLOSE);
    }

    void forget(Socket socket, DisconnectReason reason) {
        if (sockets.remove(socket.namespaceName(), socket) && reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            sentAway.add(socket.namespaceName());
        }
    }
}
