package app.realtime.socketio;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a socket passes before it is connected, in the order of its registration. Thread-safe. */
final class MiddlewareChain {

    @FunctionalInterface
    private interface Step {
        CompletionStage<?> check(Socket socket) throws ConnectRefusedException;
    }

    private static final CompletionStage<?> PASSED = CompletableFuture.completedStage(true);

    private final List<Step> steps = new CopyOnWriteArrayList<>();

    void add(ConnectMiddleware middleware) {
        steps.add(socket -> {
            middleware.check(socket);
            return PASSED;
        });
    }

    void addAsync(AsyncConnectMiddleware middleware) {
        steps.add(middleware::check);
    }

    void addAll(MiddlewareChain other) {
        steps.addAll(other.steps);
    }

    /**
     * Runs them one after another, as far as the first that refuses.
     *
     * @param decided told once: of the failure, or of none; on this thread if all of them are synchronous
     */
    void run(Socket socket, Consumer<Optional<Throwable>> decided) {
        run(steps.iterator(), socket, decided);
    }

    private static void run(Iterator<Step> rest, Socket socket, Consumer<Optional<Throwable>> decided) {
        while (rest.hasNext()) {
            CompletionStage<?> stage;
            try {
                stage = Objects.requireNonNull(rest.next().check(socket));
            } catch (ConnectRefusedException | RuntimeException e) {
                decided.accept(Optional.of(e));
                return;
            }
            if (stage != PASSED) {
                stage.whenComplete((passed, failure) -> {
                    if (failure == null) {
                        run(rest, socket, decided);
                    } else {
                        decided.accept(Optional.of(cause(failure)));
                    }
                });
                return;
            }
        }
        decided.accept(Optional.empty());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
