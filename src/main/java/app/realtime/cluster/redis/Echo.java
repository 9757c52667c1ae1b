package app.realtime.cluster.redis;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A channel by which a session sends messages to itself, each with the time at which it was sent: a Redis that is late answers as
 * steadily as one that is not. Thread-safe: atomics.
 */
final class Echo {

    private final Subscriptions.Kind kind;
    private final String channel;
    /** When the newest of those that have come back was sent. */
    private final AtomicLong lastSent = new AtomicLong(System.nanoTime());

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

    /** What to send now. */
    static byte[] message() {
        return ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
    }

    void came(byte[] message) {
        lastSent.set(ByteBuffer.wrap(message).getLong());
        first.complete(null);
    }

    Future<Void> first() {
        return first;
    }

    /** How long ago the newest that has come back was sent. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - lastSent.get());
    }
}
