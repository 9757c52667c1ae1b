package app.realtime.cluster.redis;

import app.realtime.cluster.redis.Subscriptions.Kind;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;

/**
 * The connections to Redis, some that publish and some that listen, which live and end together. Thread-safe.
 *
 * <p>They are watched by messages to itself: only what has gone to Redis by one and come back by another proves that
 * events go through; a connection that a firewall has forgotten looks open for a long time.
 */
final class RedisSession implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(5);

    private final Subscriptions subscriptions;
    private final RedisConnections connections;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final List<Echo> echoes = new ArrayList<>();
    private final AtomicReference<Optional<Throwable>> refused = new AtomicReference<>(Optional.empty());

    /** Connects, which may take some seconds. */
    RedisSession(RedisConnector connector, Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
        this.connections = connector.connect(subscriptions);
        this.commands = connections.commands();
        String name = "websocket-service-echo#" + UUID.randomUUID() + '#';
        echoes.add(new Echo(Kind.CHANNEL, name));
        connections.shardChannels(name).forEach(channel -> echoes.add(new Echo(Kind.SHARD_CHANNEL, channel)));
        echoes.forEach(
                echo -> subscriptions.of(echo.kind()).put(echo.channel(), (channel, message) -> echo.came(message)));
    }

    /** Subscribes to all that is asked for, and waits until Redis has confirmed it and every message has come back. */
    void listen() throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<?>> confirmations = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            subscriptions.of(kind).keySet().forEach(name -> confirmations.add(subscribe(kind, name)));
        }
        await(confirmations);
        echo();
        await(echoes.stream().map(Echo::first).toList());
    }

    private static void await(List<? extends Future<?>> futures)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + OPENING.toNanos();
        for (Future<?> future : futures) {
            future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** Sends the messages to itself. */
    void echo() {
        echoes.forEach(echo -> publish(echo.kind(), echo.channel(), Echo.message()));
    }

    /** Of the one that has been missed for the longest time. */
    Duration sinceEcho() {
        return echoes.stream().map(Echo::age).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * Subscribes anew to what another server has now; may wait for Redis.
     *
     * @throws RedisException if a subscription was refused, or all connections are to be made anew
     */
    void follow() {
        refused.get().ifPresent(why -> {
            throw new RedisException("A subscription was refused", why);
        });
        IntPredicate moved = connections.moved();
        for (String channel : subscriptions.of(Kind.SHARD_CHANNEL).keySet()) {
            if (moved.test(SlotHash.getSlot(channel))) {
                subscribe(Kind.SHARD_CHANNEL, channel);
            }
        }
    }

    boolean isOpen() {
        return connections.isOpen();
    }

    CompletionStage<Long> publish(Kind kind, String channel, byte[] message) {
        return kind == Kind.SHARD_CHANNEL
                ? commands.spublish(channel, message)
                : connections.home().publish(channel, message);
    }

    /** Of all servers together. */
    CompletionStage<Integer> subscribers(Kind kind, String channel) {
        return connections.servers().stream()
                .map(server -> server.thenCompose(asked -> kind == Kind.SHARD_CHANNEL
                                ? asked.pubsubShardNumsub(channel)
                                : asked.pubsubNumsub(channel))
                        .thenApply(counts -> count(counts, channel)))
                .reduce(CompletableFuture.completedStage(0), (sum, one) -> sum.thenCombine(one, Integer::sum));
    }

    private static int count(Map<String, Long> counts, String channel) {
        return counts.getOrDefault(channel, 0L).intValue();
    }

    <T> CompletionStage<T> eval(String script, ScriptOutputType output, String key, List<String> args) {
        return commands.eval(
                script,
                output,
                new String[] {key},
                args.stream().map(arg -> arg.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
    }

    RedisFuture<Void> subscribe(Kind kind, String name) {
        RedisFuture<Void> confirmation = switch (kind) {
            case CHANNEL -> connections.listening().async().subscribe(name);
            case PATTERN -> connections.listening().async().psubscribe(name);
            case SHARD_CHANNEL -> connections.listeningTo(name).async().ssubscribe(name);
        };
        confirmation.whenComplete((done, failure) -> {
            if (failure != null) {
                refused.set(Optional.of(failure));
            }
        });
        return confirmation;
    }

    void unsubscribe(Kind kind, String name) {
        switch (kind) {
            case CHANNEL -> connections.listening().async().unsubscribe(name);
            case PATTERN -> connections.listening().async().punsubscribe(name);
            case SHARD_CHANNEL -> connections.listeningTo(name).async().sunsubscribe(name);
        }
    }

    @Override
    public void close() {
        echoes.forEach(echo -> subscriptions.of(echo.kind()).remove(echo.channel()));
        connections.close();
    }
}
