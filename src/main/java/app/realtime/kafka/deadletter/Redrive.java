package app.realtime.kafka.deadletter;

import app.realtime.kafka.consumer.Handling;
import app.realtime.kafka.consumer.Handling.Rejected;
import app.realtime.kafka.consumer.Outcome;
import app.realtime.kafka.consumer.RecordHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Sends dead letters through again, in the order they came, as members of a group of its own: what has been sent through
 * is not sent again, and of several instances only one does it. What fails again becomes a new dead letter. Thread-safe.
 */
public final class Redrive {

    private static final Duration JOIN = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CALL = Duration.ofSeconds(10);
    /** At most so many are sent through again after a crash. */
    private static final int COMMIT_EVERY = 20;

    /** A caller waits for the answer; what is left is for the next call. */
    private static final Duration ALL = Duration.ofSeconds(60);

    /** Those that are being written now are meant too. */
    private static final Duration ON_THEIR_WAY = Duration.ofSeconds(5);

    private static final Duration KEEP = Duration.ofSeconds(20);

    /** Nobody may redrive now, because somebody does already. */
    public static final class BusyException extends Exception {}

    /** The brokers do not answer, or refuse. */
    public static final class BrokersException extends RuntimeException {

        BrokersException(KafkaException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * What happened to one dead letter.
     *
     * @param partition where it was, in the topic of dead letters
     * @param originalPartition where the record had first been; empty if its headers do not say
     */
    public record Result(
            int partition,
            long offset,
            Optional<Integer> originalPartition,
            Optional<Long> originalOffset,
            Handling handling) {}

    /** @param remaining how many dead letters are left, at least */
    public record Report(String deadLetterTopic, List<Result> results, long remaining) {}

    private final String suffix;
    private final IntFunction<Consumer<byte[], byte[]>> consumers;
    private final RecordHandler handler;
    private final DeadLetters deadLetters;
    private final Duration recordTimeout;
    private final ExecutorService executor;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param consumers makes a consumer of the group of redrives, which reads at most so many records at once
     * @param executor runs the handler, so that a record that hangs can be given up
     */
    public Redrive(
            String suffix,
            IntFunction<Consumer<byte[], byte[]>> consumers,
            RecordHandler handler,
            DeadLetters deadLetters,
            Duration recordTimeout,
            ExecutorService executor) {
        this.suffix = suffix;
        this.consumers = consumers;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.recordTimeout = recordTimeout;
        this.executor = executor;
    }

    /**
     * Sends through up to so many dead letters of a topic, of those that are there now, and as many as fit into a minute.
     *
     * @param topic the topic that the records first came from
     * @throws BusyException if a redrive is under way, here or on another instance
     * @throws BrokersException if the brokers do not answer or refuse
     */
    public Report redrive(String topic, int limit) throws BusyException, InterruptedException {
        if (!one.tryAcquire()) {
            throw new BusyException();
        }
        try (Consumer<byte[], byte[]> consumer = consumers.apply(limit)) {
            deadLetters.awaitAll(ON_THEIR_WAY);
            return redrive(consumer, topic, limit);
        } catch (KafkaException e) {
            throw new BrokersException(e);
        } finally {
            one.release();
        }
    }

    private Report redrive(Consumer<byte[], byte[]> consumer, String topic, int limit)
            throws BusyException, InterruptedException {
        String letters = topic + suffix;
        List<Result> results = new ArrayList<>();
        if (consumer.partitionsFor(letters, CALL).isEmpty()) {
            return new Report(letters, results, 0);
        }
        long end = System.nanoTime() + ALL.toNanos();
        consumer.subscribe(List.of(letters));
        List<ConsumerRecord<byte[], byte[]>> first = join(consumer);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), CALL);
        BooleanSupplier enough = () -> results.size() == limit || System.nanoTime() > end;
        send(consumer, topic, first, ends, enough, results);
        while (!enough.getAsBoolean() && remaining(consumer, ends) > 0) {
            List<ConsumerRecord<byte[], byte[]>> more = new ArrayList<>();
            consumer.poll(POLL).forEach(more::add);
            send(consumer, topic, more, ends, enough, results);
        }
        return new Report(letters, results, remaining(consumer, ends));
    }

    /** What was read when the group let us in. */
    private static List<ConsumerRecord<byte[], byte[]>> join(Consumer<byte[], byte[]> consumer) throws BusyException {
        long end = System.nanoTime() + JOIN.toNanos();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (consumer.assignment().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new BusyException();
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private void send(
            Consumer<byte[], byte[]> consumer,
            String topic,
            List<ConsumerRecord<byte[], byte[]>> letters,
            Map<TopicPartition, Long> ends,
            BooleanSupplier enough,
            List<Result> results)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        try {
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
                boolean isNew = letter.offset() >= ends.getOrDefault(partition, 0L);
                if (isNew || enough.getAsBoolean()) {
                    // Those behind it are not for this time either.
                    consumer.seek(partition, Math.min(letter.offset(), consumer.position(partition, CALL)));
                    continue;
                }
                results.add(send(topic, letter));
                done.put(partition, new OffsetAndMetadata(letter.offset() + 1));
                if (results.size() % COMMIT_EVERY == 0) {
                    consumer.commitSync(done, CALL);
                    done.clear();
                }
            }
        } finally {
            if (!done.isEmpty()) {
                consumer.commitSync(done, CALL);
            }
        }
    }

    private Result send(String topic, ConsumerRecord<byte[], byte[]> letter) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = original(topic, letter);
        Handling handling = handle(record);
        if (handling instanceof Rejected rejected) {
            keep(record, rejected);
        }
        return new Result(
                letter.partition(),
                letter.offset(),
                LetterHeaders.number(letter, LetterHeaders.PARTITION).map(Long::intValue),
                LetterHeaders.number(letter, LetterHeaders.OFFSET),
                handling);
    }

    private Handling handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Future<Handling> handled = executor.submit(() -> handler.handle(record));
        try {
            return handled.get(recordTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            handled.cancel(true);
            return new Rejected(Outcome.TIMED_OUT, "it took longer than " + recordTimeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The handler of records threw, which it must not", e);
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> record, Rejected why) throws InterruptedException {
        try {
            deadLetters.put(record, why).get(KEEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("A dead letter could not be written again", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Dead letters are put aside or wait; this one failed", e);
        }
    }

    /** The record as it was; what the letter does not say is that of the letter. */
    private static ConsumerRecord<byte[], byte[]> original(String topic, ConsumerRecord<byte[], byte[]> letter) {
        return new ConsumerRecord<>(
                topic,
                LetterHeaders.number(letter, LetterHeaders.PARTITION)
                        .map(Long::intValue)
                        .orElse(letter.partition()),
                LetterHeaders.number(letter, LetterHeaders.OFFSET).orElse(letter.offset()),
                LetterHeaders.number(letter, LetterHeaders.TIMESTAMP).orElse(letter.timestamp()),
                TimestampType.CREATE_TIME,
                letter.serializedKeySize(),
                letter.serializedValueSize(),
                letter.key(),
                letter.value(),
                LetterHeaders.original(letter),
                Optional.empty());
    }

    private static long remaining(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> assigned = consumer.assignment();
        return ends.entrySet().stream()
                .filter(end -> assigned.contains(end.getKey()))
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey(), CALL)))
                .sum();
    }
}
