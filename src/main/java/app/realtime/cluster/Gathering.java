package app.realtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** What several instances answer, until all have answered. Guarded by its own lock, not held while anybody is told. */
final class Gathering<T> {

    private final CompletableFuture<List<T>> result = new CompletableFuture<>();
    private final List<T> found;
    private int missing;

    Gathering(List<T> here, int others) {
        this.found = new ArrayList<>(here);
        this.missing = others;
        if (others <= 0) {
            result.complete(List.copyOf(found));
        }
    }

    boolean isComplete() {
        return result.isDone();
    }

    void add(List<T> more) {
        List<T> all;
        synchronized (this) {
            found.addAll(more);
            missing--;
            if (missing > 0) {
                return;
            }
            all = List.copyOf(found);
        }
        result.complete(all);
    }

    synchronized void expire() {
        result.completeExceptionally(new TimeoutException(missing + " of the other instances have not answered"));
    }

    CompletionStage<List<T>> stage() {
        return result;
    }
}
