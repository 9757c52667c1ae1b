package app.realtime.socketio;

import app.realtime.socketio.adapter.AnswerListener;
import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Message;
import app.realtime.socketio.adapter.Recipient;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.protocol.Packet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace. A broadcast that begins here goes to everyone in the namespace but this socket.
 *
 * <p>Thread-safe. Listeners are called one at a time, in the order of the client's packets; what is sent leaves in the
 * order of the calls.
 */
public final class Socket implements Recipient, Addressing {

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
    private final SocketListeners listeners;
    private final DisconnectListeners disconnectListeners;
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>(2);
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(2);
    private final PendingAcknowledgements pending = new PendingAcknowledgements();

    Socket(String id, Namespace namespace, Client client, Handshake handshake) {
        this.id = id;
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.listeners = new SocketListeners(id);
        this.disconnectListeners = new DisconnectListeners(id);
    }

    /** The socket's public id; it opens nothing. */
    @Override
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    public Handshake handshake() {
        return handshake;
    }

    public boolean isConnected() {
        return state.get() == State.CONNECTED;
    }

    boolean isConnecting() {
        return state.get() == State.CONNECTING;
    }

    /** Attaches the application's own data, one object of a type; it stays on this instance. */
    public <T> void attach(Class<T> type, T value) {
        attachments.put(type, value);
    }

    public <T> Optional<T> attachment(Class<T> type) {
        return Optional.ofNullable(type.cast(attachments.get(type)));
    }

    /** Data that other instances may read by {@link RemoteSocket#data}: values that Jackson can write. */
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    /** Listens to an event; several listeners of one event are called in the order in which they were added. */
    public Socket on(String event, EventListener listener) {
        listeners.add(event, listener);
        return this;
    }

    /** Listens to the next event of this name. */
    public Socket once(String event, EventListener listener) {
        listeners.addOnce(event, listener);
        return this;
    }

    /** Removes one listener, added by {@link #on} or {@link #once}. */
    public Socket off(String event, EventListener listener) {
        listeners.remove(event, listener);
        return this;
    }

    /** Removes all listeners of an event. */
    public Socket off(String event) {
        listeners.removeAll(event);
        return this;
    }

    /** Listens to every event of the client, before gates and other listeners. */
    public Socket onAny(CatchAllListener listener) {
        listeners.addIncoming(listener);
        return this;
    }

    /** Removes a listener of {@link #onAny}. */
    public Socket offAny(CatchAllListener listener) {
        listeners.removeIncoming(listener);
        return this;
    }

    /** Listens to every event that is about to be sent to the client, broadcasts too. */
    public Socket onAnyOutgoing(CatchAllListener listener) {
        listeners.addOutgoing(listener);
        return this;
    }

    /** Removes a listener of {@link #onAnyOutgoing}. */
    public Socket offAnyOutgoing(CatchAllListener listener) {
        listeners.removeOutgoing(listener);
        return this;
    }

    /** Adds a gate that every event passes before its listeners. */
    public Socket use(EventGate gate) {
        listeners.addGate(gate);
        return this;
    }

    /** Calls the listener once, on any thread, when the socket is disconnected and before it leaves its rooms. */
    public Socket onDisconnecting(Consumer<DisconnectReason> listener) {
        listeners.addDisconnecting(listener);
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
     * @param args Jackson trees go as they are, and {@code byte[]} as attachments at any depth; anything else as Jackson
     *     writes it: records, collections, dates, {@code null}
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones, or Jackson cannot write an argument
     */
    public void emit(String event, Object... args) {
        emit(Delivery.DEFAULT, event, Arguments.trees(args));
    }

    /** Sends an event with arguments that are trees already. */
    public void emit(String event, JsonNode... args) {
        emit(Delivery.DEFAULT, event, List.of(args));
    }

    void emit(Delivery delivery, String event, List<JsonNode> args) {
        if (deliver(Message.of(Arguments.event(namespace.name(), event, args), delivery))) {
            namespace.server().observer().sent(1);
        }
    }

    /**
     * Sends an event and waits for the client to acknowledge it.
     *
     * @return the client's answer; fails with a {@link java.util.concurrent.TimeoutException}, or with a
     *     {@link java.util.concurrent.CancellationException} when the socket is disconnected before. Completed on a thread
     *     of the server: do not block in what follows.
     */
    public CompletionStage<List<JsonNode>> request(Duration timeout, String event, Object... args) {
        return request(Delivery.DEFAULT, timeout, event, args);
    }

    /** How long to wait for the acknowledgement of the event that follows; see {@link #request}. */
    public TimedRequest<List<JsonNode>> timeout(Duration timeout) {
        return (event, args) -> request(timeout, event, args);
    }

    CompletionStage<List<JsonNode>> request(Delivery delivery, Duration timeout, String event, Object... args) {
        long ackId = namespace.adapter().nextAckId();
        Packet.Event packet =
                Arguments.event(namespace.name(), event, Arguments.trees(args)).withAckId(ackId);
        SingleAnswer answer = new SingleAnswer(timeout, namespace.server().timer(), () -> forget(ackId));
        if (!request(Message.of(packet, delivery), answer)) {
            answer.gone();
        }
        return answer.stage();
    }

    /** Events to this socket that are compressed, or not, where the transport can. */
    public Emitter compress(boolean worthwhile) {
        return new Emitter(this, Delivery.DEFAULT).compress(worthwhile);
    }

    /** Events to this socket that are dropped if the transport cannot write at the moment. */
    public Emitter asVolatile() {
        return new Emitter(this, Delivery.DEFAULT).asVolatile();
    }

    @Override
    public Broadcast broadcast() {
        return new Broadcast(List.of(namespace), new Selection(Set.of(), Set.of(id)), Delivery.DEFAULT);
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

    /**
     * Disconnects from the namespace after what was sent, and closes the whole connection if so asked. Nothing happens if
     * the socket is not connected.
     */
    @Override
    public void disconnect(boolean close) {
        if (close && isConnected()) {
            client.disconnect();
        } else if (isConnected() && disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT)) {
            client.send(new Packet.Disconnect(namespace.name()));
        }
    }

    @Override
    public boolean deliver(Message message) {
        if (!isConnected()) {
            return false;
        }
        listeners.sending(message.event());
        return client.send(message);
    }

    @Override
    public boolean request(Message message, AnswerListener listener) {
        long ackId = message.event().ackId().orElseThrow();
        pending.add(ackId, listener);
        if (deliver(message)) {
            namespace.server().observer().sent(1);
            return true;
        }
        // If it is not there any more the listener has been told that the socket has gone.
        return !pending.remove(ackId);
    }

    @Override
    public void forget(long ackId) {
        pending.remove(ackId);
    }

    @Override
    public SocketDetails describe(Set<String> rooms) {
        return new SocketDetails(id, rooms, handshake.describe(), Arguments.tree(data));
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
                ? new ClientAcknowledgement(args -> acknowledge(event.ackId().getAsLong(), args))
                : ClientAcknowledgement.NONE;
        listeners.heard(event);
        if (listeners.admit(event, acknowledgement) && isConnected()) {
            listeners.dispatch(event, acknowledgement);
        }
    }

    private void acknowledge(long ackId, List<JsonNode> args) {
        if (isConnected()) {
            client.send(new Packet.Ack(namespace.name(), ackId, args));
        }
    }

    /** False if nobody waits for the answer. */
    boolean receive(Packet.Ack ack) {
        return pending.answered(ack.ackId(), ack.args());
    }

    /** It was about to be connected, and is not. */
    void abandon() {
        if (state.compareAndSet(State.CONNECTING, State.DISCONNECTED)) {
            client.forget(this, DisconnectReason.FORCED_CLOSE);
        }
    }

    /** The socket has gone, for whatever reason; only the first call counts, and returns true. */
    boolean disconnected(DisconnectReason reason) {
        State before = state.getAndSet(State.DISCONNECTED);
        if (before == State.DISCONNECTED) {
            return false;
        }
        if (before == State.CONNECTED) {
            listeners.disconnecting(reason);
            namespace.adapter().remove(this);
        }
        client.forget(this, reason);
        pending.giveUp();
        if (before == State.CONNECTED) {
            namespace.server().observer().disconnected(reason);
            disconnectListeners.fire(reason);
        }
        return true;
    }
}
