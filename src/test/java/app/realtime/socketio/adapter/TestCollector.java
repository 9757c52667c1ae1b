package app.realtime.socketio.adapter;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** What is told of one request. */
public final class TestCollector implements AnswerCollector {

    final AtomicInteger expected = new AtomicInteger();
    final List<List<JsonNode>> answers = new CopyOnWriteArrayList<>();
    final AtomicInteger gone = new AtomicInteger();

    @Override
    public void expect(int clients) {
        expected.addAndGet(clients);
    }

    @Override
    public void answered(List<JsonNode> args) {
        answers.add(args);
    }

    @Override
    public void gone() {
        gone.incrementAndGet();
    }

    public int expected() {
        return expected.get();
    }

    public List<List<JsonNode>> answers() {
        return List.copyOf(answers);
    }
}
