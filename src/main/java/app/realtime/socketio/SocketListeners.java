package app.realtime.socketio;

import app.realtime.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/**
 * Those who hear one socket. Thread-safe: the lists are immutable, and replaced under this object's lock or the map's, so
 * that an event costs no copy. A listener that fails is logged, and the others are called all the same.
 */
final class SocketListeners {

    private static final Logger LOG = Logger.getLogger(SocketListeners.class.getName());

    /** Called once, whoever calls first. */
    private final class Once implements EventListener {

        private final String event;
        private final EventListener listener;

        Once(String event, EventListener listener) {
            this.event = event;
            this.listener = listener;
        }

        @Override
        public void onEvent(List<JsonNode> args, Acknowledgement acknowledgement) {
            if (remove(event, this::equals)) {
                listener.onEvent(args, acknowledgement);
            }
        }
    }

    private final String socketId;
    private final Map<String, List<EventListener>> byEvent = new ConcurrentHashMap<>();
    private volatile List<EventGate> gates = List.of();
    private volatile List<CatchAllListener> incoming = List.of();
    private volatile List<CatchAllListener> outgoing = List.of();
    private volatile List<Consumer<DisconnectReason>> disconnecting = List.of();

    SocketListeners(String socketId) {
        this.socketId = socketId;
    }

    void add(String event, EventListener listener) {
        byEvent.merge(event, List.of(listener), (before, added) -> with(before, listener));
    }

    void addOnce(String event, EventListener listener) {
        add(event, new Once(event, listener));
    }

    void remove(String event, EventListener listener) {
        remove(event, known -> known.equals(listener) || known instanceof Once once && once.listener.equals(listener));
    }

    void removeAll(String event) {
        byEvent.remove(event);
    }

    /** Removes the first that matches; false if there is none. */
    private boolean remove(String event, Predicate<EventListener> unwanted) {
        List<EventListener> removed = new ArrayList<>(1);
        byEvent.computeIfPresent(event, (name, before) -> {
            before.stream().filter(unwanted).findFirst().ifPresent(removed::add);
            List<EventListener> after = removed.isEmpty() ? before : without(before, removed.get(0));
            return after.isEmpty() ? null : after;
        });
        return !removed.isEmpty();
    }

    synchronized void addGate(EventGate gate) {
        gates = with(gates, gate);
    }

    synchronized void addIncoming(CatchAllListener listener) {
        incoming = with(incoming, listener);
    }

    synchronized void removeIncoming(CatchAllListener listener) {
        incoming = without(incoming, listener);
    }

    synchronized void addOutgoing(CatchAllListener listener) {
        outgoing = with(outgoing, listener);
    }

    synchronized void removeOutgoing(CatchAllListener listener) {
        outgoing = without(outgoing, listener);
    }

    synchronized void addDisconnecting(Consumer<DisconnectReason> listener) {
        disconnecting = with(disconnecting, listener);
    }

    private static <T> List<T> with(List<T> before, T added) {
        List<T> after = new ArrayList<>(before);
        after.add(added);
        return List.copyOf(after);
    }

    private static <T> List<T> without(List<T> before, T removed) {
        List<T> after = new ArrayList<>(before);
        after.remove(removed);
        return List.copyOf(after);
    }

    void heard(Packet.Event event) {
        for (CatchAllListener listener : incoming) {
            call(() -> listener.onEvent(event.name(), event.args()));
        }
    }

    void sending(Packet.Event event) {
        for (CatchAllListener listener : outgoing) {
            call(() -> listener.onEvent(event.name(), event.args()));
        }
    }

    void disconnecting(DisconnectReason reason) {
        disconnecting.forEach(listener -> call(() -> listener.accept(reason)));
    }

    /** A gate that fails lets nothing through. */
    boolean admit(Packet.Event event, Acknowledgement acknowledgement) {
        for (EventGate gate : gates) {
            try {
                if (!gate.admit(event.name(), event.args(), acknowledgement)) {
                    return false;
                }
            } catch (RuntimeException e) {
                failed(e);
                return false;
            }
        }
        return true;
    }

    void dispatch(Packet.Event event, Acknowledgement acknowledgement) {
        for (EventListener listener : byEvent.getOrDefault(event.name(), List.of())) {
            try {
                listener.onEvent(event.args(), acknowledgement);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        LOG.log(Level.SEVERE, e, () -> "A listener failed on an event of socket " + socketId);
    }
}
