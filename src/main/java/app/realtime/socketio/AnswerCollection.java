package app.realtime.socketio;

import app.realtime.socketio.adapter.AnswerCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The acknowledgements of one broadcast, until all have come or the time is over. Thread-safe: guarded by its own lock,
 * which is not held while anybody is told.
 */
final class AnswerCollection implements AnswerCollector {

    private final CompletableFuture<Answers> result = new CompletableFuture<>();
    private final List<List<JsonNode>> answers = new ArrayList<>();
    private OptionalInt instances = OptionalInt.empty();
    private int reported;
    private int expected;
    private int gone;

    /** Begins to count the time. */
    void expire(Duration timeout, ScheduledExecutorService timer) {
        var expiry = timer.schedule(() -> result.complete(soFar()), timeout.toMillis(), TimeUnit.MILLISECONDS);
        whenDone(() -> expiry.cancel(false));
    }

    void whenDone(Runnable action) {
        result.whenComplete((answersSoFar, failure) -> action.run());
    }

    CompletionStage<Answers> stage() {
        return result.minimalCompletionStage();
    }

    /** So many instances will say how many sockets they have asked. */
    void await(int count) {
        synchronized (this) {
            instances = OptionalInt.of(count);
        }
        completeIfAllCame();
    }

    @Override
    public void expect(int clients) {
        synchronized (this) {
            reported++;
            expected += clients;
        }
        completeIfAllCame();
    }

    @Override
    public void answered(List<JsonNode> args) {
        synchronized (this) {
            answers.add(args);
        }
        completeIfAllCame();
    }

    @Override
    public void gone() {
        synchronized (this) {
            gone++;
        }
        completeIfAllCame();
    }

    private void completeIfAllCame() {
        synchronized (this) {
            if (!allReported() || answers.size() + gone < expected) {
                return;
            }
        }
        result.complete(soFar());
    }

    private synchronized Answers soFar() {
        return new Answers(answers, expected, allReported() && answers.size() == expected);
    }

    private boolean allReported() {
        return instances.isPresent() && reported >= instances.getAsInt();
    }
}
