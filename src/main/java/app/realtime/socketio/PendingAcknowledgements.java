package app.realtime.socketio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The acknowledgements that one socket still owes. Thread-safe. */
final class PendingAcknowledgements {

    record Pending(long id, CompletableFuture<List<JsonNode>> future) {}

    private final ScheduledExecutorService timer;
    private final AtomicLong nextId = new AtomicLong();
    private final ConcurrentHashMap<Long, CompletableFuture<List<JsonNode>>> futures = new ConcurrentHashMap<>(2);

    PendingAcknowledgements(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    Pending open(Duration timeout) {
        long id = nextId.getAndIncrement();
        CompletableFuture<List<JsonNode>> future = new CompletableFuture<>();
        futures.put(id, future);
        ScheduledFuture<?> expiry = timer.schedule(
                () -> future.completeExceptionally(new TimeoutException("The client has not acknowledged in time")),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        future.whenComplete((answer, failure) -> {
            futures.remove(id);
            expiry.cancel(false);
        });
        return new Pending(id, future);
    }

    /** False if nobody waits for the answer. */
    boolean answered(long id, List<JsonNode> args) {
        CompletableFuture<List<JsonNode>> future = futures.get(id);
        return future != null && future.complete(args);
    }

    void cancelAll() {
        futures.values().forEach(future -> future.cancel(false));
    }
}
