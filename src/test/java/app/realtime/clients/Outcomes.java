package app.realtime.clients;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What came of the checks of one client. The first word on a check counts. Thread-safe. */
final class Outcomes {

    private final String client;
    private final Map<Check, CompletableFuture<Void>> checks = new EnumMap<>(Check.class);
    private final CompletableFuture<Void> readyForRestart = new CompletableFuture<>();

    Outcomes(String client) {
        this.client = client;
        for (Check check : Check.values()) {
            checks.put(check, new CompletableFuture<>());
        }
    }

    String client() {
        return client;
    }

    void passed(Check check) {
        checks.get(check).complete(null);
    }

    void failed(Check check, Throwable problem) {
        checks.get(check).completeExceptionally(problem);
    }

    /** The client waits for the restart of the service. */
    void ready() {
        readyForRestart.complete(null);
    }

    /** Nothing more comes: what has not passed has failed. */
    void end(String why) {
        ready();
        checks.values().forEach(check -> check.completeExceptionally(new AssertionError("Not checked: " + why)));
    }

    /** Waits until the client waits for the restart, or its end. One that takes longer than that has failed. */
    void awaitReady(Duration time) {
        await(readyForRestart, time, "ready for the restart of the service");
    }

    /** Waits until nothing more comes. What has not come after that time has failed. */
    void awaitEnd(Duration time) {
        await(
                CompletableFuture.allOf(checks.values().toArray(CompletableFuture[]::new))
                        .exceptionally(problem -> null),
                time,
                "done");
    }

    /** @throws AssertionError if the check has not passed, or has no outcome yet */
    void assertPassed(Check check) {
        try {
            checks.get(check).getNow(null);
        } catch (CompletionException e) {
            throw new AssertionError(client + ", " + check + ": " + inOneLine(e.getCause()), e.getCause());
        }
        if (!checks.get(check).isDone()) {
            throw new AssertionError(client + ", " + check + ": no outcome yet");
        }
    }

    /** So that the build's list of failures shows all of it. */
    private static String inOneLine(Throwable problem) {
        return String.valueOf(problem.getMessage()).strip().replaceAll("\\s*\\R\\s*", " | ");
    }

    private void await(CompletableFuture<?> state, Duration time, String what) {
        try {
            state.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end("after " + time.toSeconds() + " s the client was not " + what);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
