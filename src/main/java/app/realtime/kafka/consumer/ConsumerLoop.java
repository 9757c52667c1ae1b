package app.realtime.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Reads from Kafka until it is told to stop, whatever happens to the brokers: a consumer that fails is followed by
 * another. One thread runs it and owns the consumer; {@link #stop()} may be called by any.
 */
final class ConsumerLoop implements Runnable {

    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    /** While partitions are held back, so that they are read again soon after there is room. */
    private static final Duration BUSY_POLL = Duration.ofMillis(5);

    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Set<String> topics;
    private final FirstContact firstContact;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LaneServices services;
    private final Connection connection;
    private final Duration recordTimeout;
    private final Backoff backoff;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param consumers makes the next consumer, or throws */
    ConsumerLoop(
            Set<String> topics,
            FirstContact firstContact,
            Supplier<Consumer<byte[], byte[]>> consumers,
            LaneServices services,
            Connection connection,
            Duration recordTimeout,
            Clock clock) {
        this.topics = Set.copyOf(topics);
        this.firstContact = firstContact;
        this.consumers = consumers;
        this.services = services;
        this.connection = connection;
        this.recordTimeout = recordTimeout;
        this.backoff = new Backoff(clock);
    }

    /** Commits what is settled, leaves the group and ends; returns at once. */
    void stop() {
        stop.countDown();
        firstContact.close();
    }

    /** Waits for the end after {@link #stop()}; false if it takes longer. */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            boolean begun = false;
            while (!isStopping()) {
                try {
                    begun = begun || begin();
                    if (begun) {
                        consume();
                    }
                } catch (RuntimeException | Error e) {
                    // Errors too: without this thread nothing would ever come in again, and nobody would say so.
                    failed(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Brokers that know us and forbid us to look do not hold the consumer back: it may be allowed what it needs. */
    private boolean begin() throws InterruptedException {
        try {
            firstContact.attempt();
        } catch (AuthorizationException e) {
            failed(e);
        }
        return !isStopping();
    }

    private void consume() throws InterruptedException {
        Consumer<byte[], byte[]> consumer = consumers.get();
        Lanes lanes = new Lanes(consumer, services);
        try {
            consumer.subscribe(topics, lanes);
            poll(consumer, lanes);
        } finally {
            lanes.close(connection.status().state() == FeedState.CONNECTED);
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer, Lanes lanes) throws InterruptedException {
        long watched = System.nanoTime();
        long committed = watched;
        long looked = watched;
        while (!isStopping()) {
            try {
                lanes.add(read(consumer, lanes));
            } catch (AuthenticationException | AuthorizationException e) {
                // The consumer itself is sound, and keeps what it has been given.
                failed(e);
            }
            lanes.holdBack();
            long now = System.nanoTime();
            if (now - watched >= WATCH_NANOS) {
                watched = now;
                lanes.watch(recordTimeout);
            }
            if (now - committed >= COMMIT_NANOS) {
                committed = now;
                lanes.commit();
            }
            if (now - looked >= LOOK_NANOS) {
                looked = now;
                connection.seen(Membership.of(consumer.metrics()));
                lanes.measure();
            }
        }
    }

    private static ConsumerRecords<byte[], byte[]> read(Consumer<byte[], byte[]> consumer, Lanes lanes) {
        return consumer.poll(lanes.isHoldingBack() ? BUSY_POLL : IDLE_POLL);
    }

    private void failed(Throwable failure) throws InterruptedException {
        if (isStopping()) {
            return;
        }
        Trouble trouble = connection.failed(failure);
        Duration wait = trouble.isWorthTryingSoon() ? Backoff.FIRST : backoff.failed();
        if (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            backoff.begin();
        }
    }
}
