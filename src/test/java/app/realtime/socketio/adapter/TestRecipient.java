package app.realtime.socketio.adapter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.JsonNodeFactory;

/** A socket that keeps what it is told. */
public final class TestRecipient implements Recipient {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String id;
    final List<Message> got = new CopyOnWriteArrayList<>();
    final Map<Long, AnswerListener> asked = new ConcurrentHashMap<>();
    final List<Boolean> disconnects = new CopyOnWriteArrayList<>();
    volatile boolean gone;

    public TestRecipient(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean deliver(Message message) {
        return !gone && got.add(message);
    }

    @Override
    public boolean request(Message message, AnswerListener listener) {
        if (gone) {
            return false;
        }
        asked.put(message.event().ackId().orElseThrow(), listener);
        return got.add(message);
    }

    @Override
    public void forget(long ackId) {
        asked.remove(ackId);
    }

    @Override
    public SocketDetails describe(Set<String> rooms) {
        return new SocketDetails(id, rooms, JSON.objectNode(), JSON.objectNode().put("is", id));
    }

    @Override
    public void disconnect(boolean close) {
        disconnects.add(close);
    }

    public int count() {
        return got.size();
    }

    public List<Message> got() {
        return List.copyOf(got);
    }

    /** The listeners of events that want to be acknowledged. */
    public List<AnswerListener> asked() {
        return List.copyOf(asked.values());
    }

    public List<Boolean> disconnects() {
        return List.copyOf(disconnects);
    }
}
