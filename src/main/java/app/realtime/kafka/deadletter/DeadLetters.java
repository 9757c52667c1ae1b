package app.realtime.kafka.deadletter;

import app.realtime.kafka.consumer.Aside;
import app.realtime.kafka.consumer.Handling.Rejected;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Keeps records that could not be delivered in topics beside their own, with why. Goes on trying until the brokers have
 * them. Thread-safe: all but the count of those that wait belongs to one thread of its own.
 */
public final class DeadLetters implements Aside, AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final String suffix;
    private final String serviceVersion;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Consumer<String> creation;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<String, DeadLetterTopic> topics = new HashMap<>();
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /** Both guarded by this object's lock. */
    private int waiting;

    private long letters;

    /**
     * @param suffix what a topic's name and that of its dead letters differ by
     * @param producers makes a producer, when the first record is put aside
     * @param creation makes the topic of that name if it is missing; may wait for brokers, must not throw
     */
    public DeadLetters(
            String suffix,
            String serviceVersion,
            Supplier<Producer<byte[], byte[]>> producers,
            Consumer<String> creation,
            ThreadFactory threads) {
        this.suffix = suffix;
        this.serviceVersion = serviceVersion;
        this.producers = producers;
        this.creation = creation;
        this.executor = new ScheduledThreadPoolExecutor(1, threads, new ScheduledThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public CompletableFuture<Void> put(ConsumerRecord<byte[], byte[]> record, Rejected why) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                record.topic() + suffix,
                null,
                null,
                record.key(),
                record.value(),
                LetterHeaders.of(record, why.outcome().label(), why.detail(), serviceVersion));
        long number = began();
        kept.whenComplete((done, withdrawn) -> ended());
        executor.execute(() -> topic(letter.topic()).add(new Letter(number, letter, kept)));
        return kept;
    }

    /** How many are not yet where they can be found. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Waits until all are where they can be found, or the time is over. */
    public synchronized void awaitAll(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); waiting > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private synchronized long began() {
        waiting++;
        return ++letters;
    }

    private synchronized void ended() {
        waiting--;
        notifyAll();
    }

    /** Gives those on their way two seconds; the others come again, because their offsets are not committed. */
    @Override
    public void close() {
        executor.execute(() -> producer.ifPresent(open -> open.close(CLOSE)));
        executor.shutdown();
    }

    private DeadLetterTopic topic(String name) {
        return topics.computeIfAbsent(name, topic -> new DeadLetterTopic(topic, this::producer, creation, executor));
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer.orElseGet(producers);
        producer = Optional.of(open);
        return open;
    }
}
