package app.realtime.cluster.redis;

import app.realtime.limits.SharedCounts;
import io.lettuce.core.ScriptOutputType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Counts in Redis, by one script in one round trip each. A hash for each address has the sessions of each instance; instances
 * that are not there any more do not count. Thread-safe.
 */
public final class RedisCounts implements SharedCounts {

    private static final Logger LOG = Logger.getLogger(RedisCounts.class.getName());

    /** Longer than that no client waits for Redis. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** So long nobody waits again, once somebody has waited in vain. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Until Redis forgets an address of which nobody says anything; they are told again more often. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    /** Old instances leave a field behind until the address is forgotten; with too many, they are cleared away. */
    private static final String SESSIONS = """
            if ARGV[2] == '0' then redis.call('HDEL', KEYS[1], ARGV[1])
            else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            local elsewhere = 0
            local there = {[ARGV[1]] = true}
            for i = 4, #ARGV do
              there[ARGV[i]] = true
              elsewhere = elsewhere + (redis.call('HGET', KEYS[1], ARGV[i]) or 0)
            end
            if redis.call('HLEN', KEYS[1]) > #ARGV + 16 then
              for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
                if not there[id] then redis.call('HDEL', KEYS[1], id) end
              end
            end
            return elsewhere
            """;

    private static final String MESSAGES = """
            local all = redis.call('INCRBY', KEYS[1], ARGV[1])
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              left = tonumber(ARGV[2])
            end
            return {all, left}
            """;

    private final RedisBus bus;
    private final String self;
    private final Supplier<Collection<String>> others;
    private volatile long pauseUntil = System.nanoTime();
    /** Whether it has been told that Redis does not count. */
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param self the id of this instance
     * @param others the ids of those that are there now
     */
    public RedisCounts(RedisBus bus, String self, Supplier<Collection<String>> others) {
        this.bus = bus;
        this.self = self;
        this.others = others;
    }

    @Override
    public CompletionStage<Integer> sessionsElsewhere(InetAddress address, int here) {
        List<String> args = new ArrayList<>(List.of(self, Integer.toString(here), Long.toString(MEMORY.toMillis())));
        args.addAll(others.get());
        return this.<Long>eval(SESSIONS, ScriptOutputType.INTEGER, key("connections", address), args)
                .thenApply(Long::intValue);
    }

    @Override
    public CompletionStage<Use> addMessages(InetAddress address, long more, Duration window) {
        List<String> args = List.of(Long.toString(more), Long.toString(window.toMillis()));
        return this.<List<Long>>eval(MESSAGES, ScriptOutputType.MULTI, key("messages", address), args)
                .thenApply(use -> new Use(use.get(0), Duration.ofMillis(use.get(1))));
    }

    private static String key(String what, InetAddress address) {
        return "websocket-service:" + what + ':' + address.getHostAddress();
    }

    private <T> CompletableFuture<T> eval(String script, ScriptOutputType output, String key, List<String> args) {
        if (System.nanoTime() - pauseUntil < 0) {
            return CompletableFuture.failedFuture(new TimeoutException("Redis has not answered in time just now"));
        }
        return bus.<T>eval(script, output, key, args)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> note(failure));
    }

    /** @param failure null if there was none */
    private void note(Throwable failure) {
        if (failure == null) {
            failing.set(false);
            return;
        }
        if (failure instanceof TimeoutException) {
            pauseUntil = System.nanoTime() + PAUSE.toNanos();
        }
        // That Redis is away is told by the bus.
        if (bus.isConnected() && failing.compareAndSet(false, true)) {
            String reason = failure instanceof TimeoutException
                    ? "no answer within " + PATIENCE.toMillis() + " ms"
                    : String.valueOf(failure.getMessage());
            LOG.warning(() ->
                    "Redis does not count for limits, so MAX_CONNECTIONS_PER_IP and RATE_LIMIT_MAX_MESSAGES are of"
                            + " this instance alone until it does: " + reason);
        }
    }
}
