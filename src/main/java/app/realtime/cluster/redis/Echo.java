package app.realtime.cluster.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A channel by which a session sends messages to itself, and when the last one came back. Thread-safe: atomics. */
final class Echo {

    private final Subscriptions.Kind kind;
    private final String channel;
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final CompletableFuture<Void> first = new CompletableFuture<>();

    Echo(Subscriptions.Kind kind, String channel) {
        this.kind = kind;
        this.channel = channel;
    }

    Subscriptions.Kind kind() {
        return kind;
    }

    String channel() {
        return channel;
    }

    void came() {
        last.set(System.nanoTime());
        first.complete(null);
    }

    Future<Void> first() {
        return first;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - last.get());
    }
}
