package app.realtime.cluster.redis;

import app.realtime.cluster.Bus;
import app.realtime.cluster.Channels;
import app.realtime.cluster.redis.Subscriptions.Kind;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Redis as the bus. A thread of its own keeps a {@link RedisSession} open: when one breaks, or its echo does not come back,
 * another follows with all subscriptions. Between the two messages are dropped, and nobody waits.
 *
 * <p>Thread-safe: {@code session} changes under this object's lock, together with what is subscribed to.
 */
public final class RedisBus implements Bus {

    private static final Logger LOG = Logger.getLogger(RedisBus.class.getName());
    private static final Duration ECHO_EVERY = Duration.ofSeconds(1);
    private static final Duration ECHO_WITHIN = Duration.ofSeconds(4);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    /** What may be on its way to a Redis that is slow; about the time of a second on a fast network. */
    private static final long MAX_WAITING_BYTES = 64L << 20;

    private final Subscriptions subscriptions = new Subscriptions();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Channels sharded = new ShardChannels();
    private final RedisConnector connector;
    private final Thread keeper;
    private volatile Optional<RedisSession> session = Optional.empty();
    /** The session that subscriptions go to; it may not be confirmed yet. Guarded by this object's lock. */
    private Optional<RedisSession> pending = Optional.empty();

    private volatile boolean closed;

    /** For classic channels alone, with the certificates that the JVM trusts. */
    public RedisBus(URI url, ThreadFactory threads) {
        this(url, Optional.empty(), false, threads);
    }

    /**
     * Connects in the background, once started.
     *
     * @param url as in {@code REDIS_URL}
     * @param caFile who may have signed the certificates of Redis; empty: whom the JVM trusts
     * @param sharded whether there are to be sharded channels
     */
    public RedisBus(URI url, Optional<Path> caFile, boolean sharded, ThreadFactory threads) {
        this.connector = RedisConnector.of(url, caFile, sharded);
        this.keeper = threads.newThread(this::keep);
        keeper.setName("cluster");
    }

    public RedisBus start() {
        keeper.start();
        return this;
    }

    private void keep() {
        Duration backoff = FIRST_BACKOFF;
        boolean told = false;
        try {
            while (!closed) {
                try (RedisSession opened = new RedisSession(connector, subscriptions)) {
                    enter(opened);
                    LOG.info("Connected to Redis: the instances are one cluster");
                    backoff = FIRST_BACKOFF;
                    told = false;
                    watch(opened);
                } catch (RuntimeException | ExecutionException | TimeoutException e) {
                    // Whatever it is, the next attempt may succeed.
                    tell(told ? Level.FINE : Level.WARNING, e);
                    told = true;
                } finally {
                    leave();
                }
                TimeUnit.MILLISECONDS.sleep(backoff.toMillis());
                backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
            }
        } catch (InterruptedException e) {
            LOG.log(Level.FINE, "The cluster is left", e);
        }
    }

    private void tell(Level level, Exception failure) {
        if (closed) {
            return;
        }
        // Lettuce wraps what was wrong in the first place.
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        LOG.log(
                level,
                () -> "Redis cannot be used (REDIS_URL), and events stay on this instance until it can: " + reason);
        LOG.log(Level.FINE, "What became of the connection to Redis", failure);
    }

    private void enter(RedisSession opened) throws InterruptedException, ExecutionException, TimeoutException {
        // Twice rather than never: what is asked for from now on is subscribed to at once.
        synchronized (this) {
            pending = Optional.of(opened);
        }
        opened.listen();
        session = Optional.of(opened);
    }

    private synchronized void leave() {
        session = Optional.empty();
        pending = Optional.empty();
    }

    private static void watch(RedisSession opened) throws InterruptedException, TimeoutException {
        while (opened.isOpen()) {
            TimeUnit.MILLISECONDS.sleep(ECHO_EVERY.toMillis());
            if (opened.sinceEcho().compareTo(ECHO_WITHIN) > 0) {
                throw new TimeoutException("No message came back from Redis within " + ECHO_WITHIN.toSeconds() + " s");
            }
            opened.echo();
            opened.follow();
        }
        throw new RedisException("The connection was lost");
    }

    @Override
    public void publish(String channel, byte[] message) {
        publish(Kind.CHANNEL, channel, message);
    }

    private void publish(Kind kind, String channel, byte[] message) {
        Optional<RedisSession> current = session;
        if (current.isEmpty() || waitingBytes.get() > MAX_WAITING_BYTES) {
            dropped.incrementAndGet();
            return;
        }
        waitingBytes.addAndGet(message.length);
        try {
            current.get().publish(kind, channel, message).whenComplete((receivers, failure) -> {
                waitingBytes.addAndGet(-message.length);
                if (failure != null) {
                    dropped.incrementAndGet();
                }
            });
        } catch (RedisException e) {
            waitingBytes.addAndGet(-message.length);
            dropped.incrementAndGet();
            LOG.log(Level.FINE, "A message was not published", e);
        }
    }

    @Override
    public void subscribe(String channel, Listener listener) {
        subscribe(Kind.CHANNEL, channel, listener);
    }

    @Override
    public void subscribeToPrefix(String prefix, Listener listener) {
        subscribe(Kind.PATTERN, Subscriptions.pattern(prefix), listener);
    }

    private synchronized void subscribe(Kind kind, String name, Listener listener) {
        subscriptions.of(kind).put(name, listener);
        toRedis(open -> open.subscribe(kind, name));
    }

    @Override
    public void unsubscribe(String channelOrPrefix) {
        unsubscribe(Kind.CHANNEL, channelOrPrefix);
        unsubscribe(Kind.PATTERN, Subscriptions.pattern(channelOrPrefix));
    }

    private synchronized void unsubscribe(Kind kind, String name) {
        if (subscriptions.of(kind).remove(name) != null) {
            toRedis(open -> open.unsubscribe(kind, name));
        }
    }

    /** A session that has just broken is no matter: the next one begins with all that is subscribed to. */
    private void toRedis(Consumer<RedisSession> change) {
        try {
            pending.ifPresent(change);
        } catch (RedisException e) {
            LOG.log(Level.FINE, "A subscription did not reach Redis", e);
        }
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        return subscribers(Kind.CHANNEL, channel);
    }

    private CompletionStage<Integer> subscribers(Kind kind, String channel) {
        return session.map(open -> open.subscribers(kind, channel))
                .orElseGet(() -> CompletableFuture.failedStage(new RedisException("Not connected")));
    }

    /** Runs a Lua script on one key, in one round trip; fails when Redis is away. */
    <T> CompletionStage<T> eval(String script, ScriptOutputType output, String key, List<String> args) {
        try {
            return session.map(open -> open.<T>eval(script, output, key, args))
                    .orElseGet(() -> CompletableFuture.failedStage(new RedisException("Not connected")));
        } catch (RedisException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public Channels sharded() {
        return sharded;
    }

    @Override
    public boolean isConnected() {
        return session.isPresent();
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        try {
            // It closes its connections itself.
            keeper.join(RedisConnector.TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connector.close();
    }

    /** The same for shard channels, on the same connections. */
    private final class ShardChannels implements Channels {

        @Override
        public void publish(String channel, byte[] message) {
            RedisBus.this.publish(Kind.SHARD_CHANNEL, channel, message);
        }

        @Override
        public void subscribe(String channel, Listener listener) {
            RedisBus.this.subscribe(Kind.SHARD_CHANNEL, channel, listener);
        }

        @Override
        public void unsubscribe(String channel) {
            RedisBus.this.unsubscribe(Kind.SHARD_CHANNEL, channel);
        }

        @Override
        public CompletionStage<Integer> subscribers(String channel) {
            return RedisBus.this.subscribers(Kind.SHARD_CHANNEL, channel);
        }
    }
}
