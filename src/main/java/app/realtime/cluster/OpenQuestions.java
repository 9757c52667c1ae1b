package app.realtime.cluster;

import app.realtime.cluster.ClusterMessage.QuestionId;
import app.realtime.socketio.adapter.AnswerCollector;
import app.realtime.socketio.adapter.SocketDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What this instance has asked the others, until they have answered or have taken too long. Thread-safe: concurrent maps. */
final class OpenQuestions {

    /** How long the reference waits for the answers of other servers, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, AnswerCollector> acknowledgements = new ConcurrentHashMap<>();
    private final Map<String, Gathering<SocketDetails>> fetches = new ConcurrentHashMap<>();
    private final Map<String, Gathering<JsonNode>> asked = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    OpenQuestions(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Hands acknowledgements on. Returns what ends that. */
    Runnable collect(QuestionId id, AnswerCollector answers) {
        acknowledgements.put(id.request(), answers);
        return () -> acknowledgements.remove(id.request());
    }

    /** @param ask run when the answers can come; not at all where there is nobody to answer */
    CompletionStage<List<SocketDetails>> fetch(QuestionId id, Gathering<SocketDetails> gathering, Runnable ask) {
        return gather(id, fetches, gathering, ask);
    }

    CompletionStage<List<JsonNode>> ask(QuestionId id, Gathering<JsonNode> gathering, Runnable ask) {
        return gather(id, asked, gathering, ask);
    }

    private <T> CompletionStage<List<T>> gather(
            QuestionId id, Map<String, Gathering<T>> open, Gathering<T> gathering, Runnable ask) {
        if (gathering.isComplete()) {
            return gathering.stage();
        }
        open.put(id.request(), gathering);
        var expiry = timer.schedule(gathering::expire, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        ask.run();
        return gathering.stage().whenComplete((found, failure) -> {
            open.remove(id.request());
            expiry.cancel(false);
        });
    }

    /** An answer to a question that is not open any more, or that somebody else has asked, is nobody's. */
    void take(ClusterMessage.Answer answer) {
        String request = answer.request();
        if (answer instanceof ClusterMessage.Found found) {
            Optional.ofNullable(fetches.get(request)).ifPresent(open -> open.add(found.sockets()));
        } else if (answer instanceof ClusterMessage.Told told) {
            Optional.ofNullable(asked.get(request)).ifPresent(open -> open.add(List.of(told.value())));
        } else if (answer instanceof ClusterMessage.Asked count) {
            Optional.ofNullable(acknowledgements.get(request)).ifPresent(open -> open.expect(count.clients()));
        } else if (answer instanceof ClusterMessage.Acknowledged one) {
            Optional.ofNullable(acknowledgements.get(request)).ifPresent(open -> open.answered(List.of(one.value())));
        }
    }
}
