package app.realtime.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Those who want to hear of one socket's end, each once, also when they ask too late. Guarded by its own lock. */
final class DisconnectListeners {

    private static final Logger LOG = Logger.getLogger(DisconnectListeners.class.getName());

    private final String socketId;
    private final List<Consumer<DisconnectReason>> listeners = new ArrayList<>(2);
    private Optional<DisconnectReason> fired = Optional.empty();

    DisconnectListeners(String socketId) {
        this.socketId = socketId;
    }

    void add(Consumer<DisconnectReason> listener) {
        Optional<DisconnectReason> late;
        synchronized (this) {
            late = fired;
            if (late.isEmpty()) {
                listeners.add(listener);
            }
        }
        late.ifPresent(reason -> call(listener, reason));
    }

    void fire(DisconnectReason reason) {
        List<Consumer<DisconnectReason>> all;
        synchronized (this) {
            fired = Optional.of(reason);
            all = List.copyOf(listeners);
            listeners.clear();
        }
        all.forEach(listener -> call(listener, reason));
    }

    private void call(Consumer<DisconnectReason> listener, DisconnectReason reason) {
        try {
            listener.accept(reason);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "A listener failed on the disconnection of socket " + socketId);
        }
    }
}
