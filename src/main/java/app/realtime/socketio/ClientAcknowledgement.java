package app.realtime.socketio;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The acknowledgement that a client waits for. */
final class ClientAcknowledgement implements Acknowledgement {

    /** For events that ask for no answer. */
    static final Acknowledgement NONE = new Acknowledgement() {

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void send(List<JsonNode> args) {
            // Nobody waits for it.
        }
    };

    private final Consumer<List<JsonNode>> way;
    private final AtomicBoolean sent = new AtomicBoolean();

    ClientAcknowledgement(Consumer<List<JsonNode>> way) {
        this.way = way;
    }

    @Override
    public boolean isWanted() {
        return true;
    }

    @Override
    public void send(List<JsonNode> args) {
        if (sent.compareAndSet(false, true)) {
            way.accept(args);
        }
    }
}
