package app.realtime.socketio;

import app.realtime.socketio.adapter.AnswerListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The acknowledgements that one socket still owes. Thread-safe; each is taken out once. */
final class PendingAcknowledgements {

    private final ConcurrentHashMap<Long, AnswerListener> listeners = new ConcurrentHashMap<>(2);

    void add(long id, AnswerListener listener) {
        listeners.put(id, listener);
    }

    /** False if it was taken out before. */
    boolean remove(long id) {
        return listeners.remove(id) != null;
    }

    /** False if nobody waits for the answer. */
    boolean answered(long id, List<JsonNode> args) {
        Optional<AnswerListener> waiting = Optional.ofNullable(listeners.remove(id));
        waiting.ifPresent(listener -> listener.answered(args));
        return waiting.isPresent();
    }

    /** The socket has gone. */
    void giveUp() {
        for (Long id : List.copyOf(listeners.keySet())) {
            Optional.ofNullable(listeners.remove(id)).ifPresent(AnswerListener::gone);
        }
    }
}
