package app.realtime.kafka.consumer;

import app.realtime.kafka.consumer.Handling.Rejected;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one partition on their way: they wait, are processed one after the other, and those that cannot be
 * delivered are put aside while the next goes on. Knows up to where all is settled, and so what may be committed.
 *
 * <p>Thread-safe: guarded by its own lock, which is not held while a record is processed. One worker at a time runs it,
 * and gives way to other lanes after a few milliseconds. The consumer's thread fills, watches and closes it.
 */
final class Lane {

    /** More than this is not fetched ahead. */
    static final int MAX_RECORDS = 1000;

    static final long MAX_BYTES = 1024 * 1024;

    /** How many records may be on their way aside, and with how many bytes together; one may be heavier. */
    static final int MAX_ASIDE = 100;

    static final long MAX_ASIDE_BYTES = 1024 * 1024;

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SUBSTITUTE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** No record has been read, so that nothing is known of where the group stands. */
    private static final long UNKNOWN = -1;

    /** The processing of one record. */
    private static final class Attempt {
        private final ConsumerRecord<byte[], byte[]> record;
        private final Thread thread = Thread.currentThread();
        private final long begun = System.nanoTime();
        /** Another thread has been added, because this one takes long. */
        private boolean substituted;
        /** The thread took too long: what comes of it does not count any more. */
        private boolean givenUp;

        Attempt(ConsumerRecord<byte[], byte[]> record) {
            this.record = record;
        }
    }

    private record Leaving(long bytes, Optional<CompletableFuture<Void>> kept) {}

    private final TopicPartition partition;
    private final LaneServices services;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    /** By offset; the future is there once the record has been handed over to be put aside. */
    private final TreeMap<Long, Leaving> goingAside = new TreeMap<>();

    private long asideBytes;
    private Optional<Attempt> attempt = Optional.empty();
    private long waitingBytes;
    /** What the consumer reads next; behind every record that was added. */
    private long position = UNKNOWN;

    /** Whether a worker runs this lane, or is about to. */
    private boolean running;

    private boolean closed;
    /** Its partition is somebody else's, or read again by another lane. */
    private boolean abandoned;

    Lane(TopicPartition partition, LaneServices services) {
        this.partition = partition;
        this.services = services;
    }

    TopicPartition partition() {
        return partition;
    }

    /**
     * Takes records that were read.
     *
     * @param next the offset behind them, and behind what else there was, such as the marks of transactions
     */
    synchronized void add(Collection<ConsumerRecord<byte[], byte[]>> records, long next) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            waiting.add(record);
            waitingBytes += bytes(record);
        }
        position = next;
        runIfIdle();
    }

    /** The offset that may be committed: all before it is settled. Empty before the first record. */
    synchronized OptionalLong settled() {
        if (position == UNKNOWN) {
            return OptionalLong.empty();
        }
        long lowest = position;
        if (!waiting.isEmpty()) {
            lowest = waiting.peek().offset();
        }
        if (attempt.isPresent()) {
            lowest = Math.min(lowest, attempt.get().record.offset());
        }
        return OptionalLong.of(goingAside.isEmpty() ? lowest : Math.min(lowest, goingAside.firstKey()));
    }

    /** How many offsets lie between what is settled and what was read. */
    synchronized long unsettled() {
        return settled().stream().map(offset -> position - offset).findAny().orElse(0);
    }

    /** Whether it holds as much as it should. */
    synchronized boolean isFull() {
        return waiting.size() >= MAX_RECORDS || waitingBytes >= MAX_BYTES;
    }

    /** Whether it has room for a good deal more. */
    synchronized boolean hasRoom() {
        return waiting.size() <= MAX_RECORDS / 2 && waitingBytes <= MAX_BYTES / 2;
    }

    synchronized long waitingBytes() {
        return waitingBytes;
    }

    /**
     * Looks after a record that takes long: its thread gets a substitute, so that other lanes go on; after the limit it
     * is given up, its thread interrupted, and the next record processed by another one.
     */
    void watch(long now, Duration limit) {
        ConsumerRecord<byte[], byte[]> record;
        StackTraceElement[] where;
        synchronized (this) {
            if (attempt.isEmpty() || now - attempt.get().begun < SUBSTITUTE_NANOS) {
                return;
            }
            Attempt slow = attempt.get();
            slow.substituted = slow.substituted || services.workers().substitute();
            if (now - slow.begun < limit.toNanos()) {
                return;
            }
            record = slow.record;
            if (!slow.substituted) {
                services.log().stuck(record);
                return;
            }
            slow.givenUp = true;
            where = slow.thread.getStackTrace();
            attempt = Optional.empty();
            leave(record);
            // Under the lock: a thread that has finished must not be interrupted in what it does next.
            slow.thread.interrupt();
        }
        services.log().timedOut(record, limit, where);
        settle(record, new Rejected(Outcome.TIMED_OUT, "it took longer than " + limit.toMillis() + " ms"));
        services.workers().execute(this::run);
    }

    /** Forgets what waits, and so leaves it unsettled; nothing begins any more. */
    synchronized void close() {
        closed = true;
        if (!waiting.isEmpty()) {
            position = waiting.peek().offset();
        }
        waiting.clear();
        waitingBytes = 0;
    }

    /**
     * Waits until nothing is under way any more. False if that takes too long: then the record that is being processed is
     * given up, because whoever reads the partition next processes it again.
     */
    synchronized boolean awaitQuiet(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (attempt.isPresent() || !goingAside.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                attempt.ifPresent(current -> {
                    current.substituted =
                            current.substituted || services.workers().substitute();
                    current.givenUp = true;
                    current.thread.interrupt();
                });
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Nothing of it matters any more; what is on its way aside is withdrawn. */
    void abandon() {
        List<CompletableFuture<Void>> leaving;
        synchronized (this) {
            abandoned = true;
            leaving = goingAside.values().stream()
                    .flatMap(each -> each.kept().stream())
                    .toList();
        }
        leaving.forEach(kept -> kept.cancel(false));
    }

    private void run() {
        long end = System.nanoTime() + SLICE_NANOS;
        while (System.nanoTime() < end) {
            Optional<Attempt> begun = begin();
            if (begun.isEmpty()) {
                return;
            }
            Attempt current = begun.get();
            Handling handling = services.handler().handle(current.record);
            if (!finish(current, handling)) {
                return;
            }
            settle(current.record, handling);
        }
        services.workers().execute(this::run);
    }

    private synchronized Optional<Attempt> begin() {
        if (closed || waiting.isEmpty() || isAsideFull()) {
            running = false;
            return Optional.empty();
        }
        Duration pause = services.pace().ask();
        if (!pause.isZero()) {
            services.timer()
                    .schedule(() -> services.workers().execute(this::run), pause.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        }
        ConsumerRecord<byte[], byte[]> record = waiting.remove();
        waitingBytes -= bytes(record);
        attempt = Optional.of(new Attempt(record));
        return attempt;
    }

    /** False if the attempt was given up meanwhile; somebody else runs the lane then. */
    private synchronized boolean finish(Attempt finished, Handling handling) {
        if (finished.substituted) {
            services.workers().cameBack();
        }
        if (finished.givenUp || closed) {
            // Whoever interrupted it no longer waits for it.
            Thread.interrupted();
        }
        if (finished.givenUp) {
            return false;
        }
        attempt = Optional.empty();
        if (handling instanceof Rejected) {
            leave(finished.record);
        }
        notifyAll();
        return true;
    }

    private void settle(ConsumerRecord<byte[], byte[]> record, Handling handling) {
        services.figures().record(record, handling.outcome());
        if (handling instanceof Rejected rejected) {
            CompletableFuture<Void> kept = services.aside().put(record, rejected);
            if (!handedOver(record.offset(), kept)) {
                kept.cancel(false);
            }
            kept.thenRun(() -> wentAside(record.offset()));
        }
    }

    private void leave(ConsumerRecord<byte[], byte[]> record) {
        goingAside.put(record.offset(), new Leaving(bytes(record), Optional.empty()));
        asideBytes += bytes(record);
    }

    /** False if nobody wants it any more. */
    private synchronized boolean handedOver(long offset, CompletableFuture<Void> kept) {
        goingAside.computeIfPresent(offset, (same, leaving) -> new Leaving(leaving.bytes(), Optional.of(kept)));
        return !abandoned;
    }

    private synchronized void wentAside(long offset) {
        asideBytes -= goingAside.remove(offset).bytes();
        notifyAll();
        runIfIdle();
    }

    private boolean isAsideFull() {
        return goingAside.size() >= MAX_ASIDE || asideBytes >= MAX_ASIDE_BYTES;
    }

    private void runIfIdle() {
        if (!running && !closed && !waiting.isEmpty() && !isAsideFull()) {
            running = true;
            services.workers().execute(this::run);
        }
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return length(record.key()) + length(record.value());
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
