package app.realtime.bench.jmh;

import app.realtime.socketio.adapter.AnswerListener;
import app.realtime.socketio.adapter.Message;
import app.realtime.socketio.adapter.Recipient;
import app.realtime.socketio.adapter.SocketDetails;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** A member of a room that only counts. Used by one thread at a time. */
final class Bystander implements Recipient {

    private final String id;
    private long delivered;

    Bystander(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean deliver(Message message) {
        delivered++;
        return true;
    }

    @Override
    public boolean request(Message message, AnswerListener listener) {
        return false;
    }

    @Override
    public void forget(long ackId) {
        // It was never asked.
    }

    @Override
    public SocketDetails describe(Set<String> rooms) {
        return new SocketDetails(
                id,
                rooms,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode().put("delivered", delivered));
    }

    @Override
    public void disconnect(boolean close) {
        // It was never connected.
    }
}
