package app.realtime.socketio;

import app.realtime.socketio.adapter.Recipient;
import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.EventNames;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace.
 *
 * <p>Thread-safe. Listeners are called one at a time, in the order of the client's packets; what is sent leaves in the
 * order of the calls.
 */
public final class Socket implements Recipient {

    private static final Logger LOG = Logger.getLogger(Socket.class.getName());

    private enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED
    }

    private final String id;
    private final Namespace namespace;
    private final Client client;
    private final Handshake handshake;
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final Map<String, EventListener> listeners = new ConcurrentHashMap<>();
    private final List<EventGate> gates = new CopyOnWriteArrayList<>();
    private final DisconnectListeners disconnectListeners;
    private final Map<Class<?>, Object> data = new ConcurrentHashMap<>(2);
    private final PendingAcknowledgements pending;

    Socket(String id, Namespace namespace, Client client, Handshake handshake) {
        this.id = id;
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.disconnectListeners = new DisconnectListeners(id);
        this.pending = new PendingAcknowledgements(namespace.server().timer());
    }

    /** The socket's public id; it opens nothing. */
    @Override
    public String id() {
        return id;
    }

    public Handshake handshake() {
        return handshake;
    }

    public boolean isConnected() {
        return state.get() == State.CONNECTED;
    }

    /** Attaches the application's own data, one object of a type. */
    public <T> void attach(Class<T> type, T value) {
        data.put(type, value);
    }

    public <T> Optional<T> attachment(Class<T> type) {
        return Optional.ofNullable(type.cast(data.get(type)));
    }

    /** Listens to an event; a second listener of the same event replaces the first. */
    public Socket on(String event, EventListener listener) {
        listeners.put(event, listener);
        return this;
    }

    /** Adds a gate that every event passes before its listener. */
    public Socket use(EventGate gate) {
        gates.add(gate);
        return this;
    }

    /**
     * Calls the listener once, on any thread, when the socket is no longer connected and has left its rooms; at once if
     * that has happened already.
     */
    public Socket onDisconnect(Consumer<DisconnectReason> listener) {
        disconnectListeners.add(listener);
        return this;
    }

    /**
     * Sends an event; nothing happens if the socket is no longer connected.
     *
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones
     */
    public void emit(String event, JsonNode... args) {
        if (deliver(PacketEncoder.encode(event(OptionalLong.empty(), event, args)))) {
            namespace.server().observer().sent(1);
        }
    }

    /**
     * Sends an event and waits for the client to acknowledge it.
     *
     * @return the client's answer; fails with a {@link java.util.concurrent.TimeoutException}, or with a
     *     {@link java.util.concurrent.CancellationException} when the socket is disconnected before
     */
    public CompletionStage<List<JsonNode>> request(Duration timeout, String event, JsonNode... args) {
        Packet.Event unnumbered = event(OptionalLong.empty(), event, args);
        PendingAcknowledgements.Pending answer = pending.open(timeout);
        Packet packet =
                new Packet.Event(namespace.name(), OptionalLong.of(answer.id()), unnumbered.name(), unnumbered.args());
        if (deliver(PacketEncoder.encode(packet))) {
            namespace.server().observer().sent(1);
        } else {
            pending.cancelAll();
        }
        return answer.future().minimalCompletionStage();
    }

    private Packet.Event event(OptionalLong ackId, String event, JsonNode... args) {
        if (EventNames.isReserved(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
        return new Packet.Event(namespace.name(), ackId, event, List.of(args));
    }

    /** Joins a room; true if the socket was not in it before and is connected. */
    public boolean join(String room) {
        return namespace.adapter().join(this, room);
    }

    /** Leaves a room; true if the socket was in it. */
    public boolean leave(String room) {
        return namespace.adapter().leave(this, room);
    }

    /** The rooms that the socket has joined; a copy. */
    public Set<String> rooms() {
        return namespace.adapter().roomsOf(id);
    }

    /** Disconnects from the namespace after what was sent, and closes the whole connection if so asked. */
    public void disconnect(boolean close) {
        if (close) {
            client.disconnect();
        } else if (disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT)) {
            client.send(PacketEncoder.encode(new Packet.Disconnect(namespace.name())));
        }
    }

    @Override
    public boolean deliver(EncodedPacket packet) {
        return isConnected() && client.send(packet);
    }

    /** The middleware has let the socket in. False if it has gone meanwhile. */
    boolean connect() {
        if (!state.compareAndSet(State.CONNECTING, State.CONNECTED)) {
            return false;
        }
        namespace.server().observer().connected();
        namespace.adapter().add(this);
        if (!isConnected()) {
            // It went away between the two steps above.
            namespace.adapter().remove(this);
            return false;
        }
        return true;
    }

    void receive(Packet.Event event) {
        Acknowledgement acknowledgement = event.ackId().isPresent()
                ? new ClientAcknowledgement(event.ackId().getAsLong())
                : NoAcknowledgement.INSTANCE;
        try {
            for (EventGate gate : gates) {
                if (!gate.admit(event.name(), event.args(), acknowledgement)) {
                    return;
                }
            }
            Optional.ofNullable(listeners.get(event.name()))
                    .ifPresent(listener -> listener.onEvent(event.args(), acknowledgement));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "A listener failed on an event of socket " + id);
        }
    }

    /** False if nobody waits for the answer. */
    boolean receive(Packet.Ack ack) {
        return pending.answered(ack.ackId(), ack.args());
    }

    /** The socket has gone, for whatever reason; only the first call counts, and returns true. */
    boolean disconnected(DisconnectReason reason) {
        State before = state.getAndSet(State.DISCONNECTED);
        if (before == State.DISCONNECTED) {
            return false;
        }
        client.forget(this, reason);
        pending.cancelAll();
        if (before == State.CONNECTED) {
            namespace.adapter().remove(this);
            namespace.server().observer().disconnected(reason);
            disconnectListeners.fire(reason);
        }
        return true;
    }

    String namespaceName() {
        return namespace.name();
    }

    /** Answers once. */
    private final class ClientAcknowledgement implements Acknowledgement {

        private final long ackId;
        private final AtomicBoolean sent = new AtomicBoolean();

        ClientAcknowledgement(long ackId) {
            this.ackId = ackId;
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void send(List<JsonNode> args) {
            if (sent.compareAndSet(false, true)) {
                deliver(PacketEncoder.encode(new Packet.Ack(namespace.name(), ackId, args)));
            }
        }
    }

    /** For events that ask for no answer. */
    private enum NoAcknowledgement implements Acknowledgement {
        INSTANCE;

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void send(List<JsonNode> args) {
            // Nobody waits for it.
        }
    }
}
