package app.realtime.socketio;

import app.realtime.socketio.adapter.AnswerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** The acknowledgement of one socket, until it comes or the time is over. Thread-safe. */
final class SingleAnswer implements AnswerListener {

    private final CompletableFuture<List<JsonNode>> result = new CompletableFuture<>();

    /** @param forget run when the time is over */
    SingleAnswer(Duration timeout, ScheduledExecutorService timer, Runnable forget) {
        ScheduledFuture<?> expiry = timer.schedule(
                () -> {
                    forget.run();
                    result.completeExceptionally(late());
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        result.whenComplete((answer, failure) -> expiry.cancel(false));
    }

    static TimeoutException late() {
        return new TimeoutException("The client has not acknowledged in time");
    }

    CompletionStage<List<JsonNode>> stage() {
        return result.minimalCompletionStage();
    }

    @Override
    public void answered(List<JsonNode> args) {
        result.complete(args);
    }

    @Override
    public void gone() {
        result.cancel(false);
    }
}
