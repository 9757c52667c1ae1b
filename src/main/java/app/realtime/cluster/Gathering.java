package app.realtime.cluster;

import app.realtime.socketio.adapter.SocketDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Sockets from several instances, until all have answered. Guarded by its own lock, not held while anybody is told. */
final class Gathering {

    private final CompletableFuture<List<SocketDetails>> result = new CompletableFuture<>();
    private final List<SocketDetails> found;
    private int missing;

    Gathering(List<SocketDetails> here, int others) {
        this.found = new ArrayList<>(here);
        this.missing = others;
    }

    void add(List<SocketDetails> more) {
        List<SocketDetails> all;
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
        result.completeExceptionally(
                new TimeoutException(missing + " of the other instances have not said who is connected to them"));
    }

    CompletionStage<List<SocketDetails>> stage() {
        return result;
    }
}
