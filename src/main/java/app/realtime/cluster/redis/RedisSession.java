package app.realtime.cluster.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two connections to Redis, one that publishes and one that listens, which live and end together. Thread-safe.
 *
 * <p>They are watched by messages to itself: only what has gone to Redis by the one and come back by the other proves that
 * events go through; a connection that a firewall has forgotten looks open for a long time.
 */
final class RedisSession implements AutoCloseable {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration OPENING = Duration.ofSeconds(5);

    private final String echoChannel = "websocket-service-echo#" + UUID.randomUUID() + '#';
    private final AtomicLong lastEcho = new AtomicLong(System.nanoTime());
    private final CompletableFuture<Void> firstEcho = new CompletableFuture<>();
    private final Subscriptions subscriptions;
    private final StatefulRedisConnection<String, byte[]> publishing;
    private final StatefulRedisPubSubConnection<String, byte[]> listening;

    /** Connects, which may take some seconds. */
    RedisSession(RedisClient client, RedisURI uri, Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        this.publishing = client.connect(CODEC, uri);
        boolean complete = false;
        try {
            this.listening = client.connectPubSub(CODEC, uri);
            complete = true;
        } finally {
            if (!complete) {
                publishing.close();
            }
        }
        listening.addListener(subscriptions);
        subscriptions.channels().put(echoChannel, (channel, message) -> {
            lastEcho.set(System.nanoTime());
            firstEcho.complete(null);
        });
    }

    /** Subscribes to all that is asked for, and waits until Redis has confirmed it and a message has come back. */
    void listen() throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<Void>> confirmations = new ArrayList<>();
        confirmations.add(
                listening.async().subscribe(subscriptions.channels().keySet().toArray(String[]::new)));
        if (!subscriptions.patterns().isEmpty()) {
            confirmations.add(listening
                    .async()
                    .psubscribe(subscriptions.patterns().keySet().toArray(String[]::new)));
        }
        for (Future<Void> confirmation : confirmations) {
            confirmation.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
        }
        echo();
        firstEcho.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends a message to itself. */
    void echo() {
        publish(echoChannel, "echo".getBytes(StandardCharsets.US_ASCII));
    }

    Duration sinceEcho() {
        return Duration.ofNanos(System.nanoTime() - lastEcho.get());
    }

    boolean isOpen() {
        return publishing.isOpen() && listening.isOpen();
    }

    CompletionStage<Long> publish(String channel, byte[] message) {
        return publishing.async().publish(channel, message);
    }

    CompletionStage<Map<String, Long>> subscribers(String channel) {
        return publishing.async().pubsubNumsub(channel);
    }

    <T> CompletionStage<T> eval(String script, ScriptOutputType output, String key, List<String> args) {
        return publishing
                .async()
                .eval(
                        script,
                        output,
                        new String[] {key},
                        args.stream()
                                .map(arg -> arg.getBytes(StandardCharsets.UTF_8))
                                .toArray(byte[][]::new));
    }

    void subscribe(String channel) {
        listening.async().subscribe(channel);
    }

    void subscribeToPattern(String pattern) {
        listening.async().psubscribe(pattern);
    }

    void unsubscribe(String channel) {
        listening.async().unsubscribe(channel);
    }

    void unsubscribeFromPattern(String pattern) {
        listening.async().punsubscribe(pattern);
    }

    @Override
    public void close() {
        subscriptions.channels().remove(echoChannel);
        publishing.close();
        listening.close();
    }
}
