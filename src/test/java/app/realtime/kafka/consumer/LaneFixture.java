package app.realtime.kafka.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.realtime.kafka.consumer.Handling.Delivered;
import app.realtime.kafka.consumer.Handling.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What lanes need: two real workers, a handler that does what a record's value says, and a place to put records aside that
 * takes them when the test says so. Thread-safe.
 */
final class LaneFixture implements AutoCloseable {

    static final TopicPartition PARTITION = new TopicPartition("t", 0);

    final SettableClock clock = new SettableClock();
    final Recording observed = new Recording();
    final AtomicInteger begun = new AtomicInteger();
    final List<Long> handled = new CopyOnWriteArrayList<>();
    final Map<Long, CompletableFuture<Void>> aside = new ConcurrentHashMap<>();
    final List<Rejected> rejections = new CopyOnWriteArrayList<>();
    final Workers workers = new Workers(2, task -> {
        Thread thread = new Thread(task, "lane-worker");
        thread.setDaemon(true);
        return thread;
    });
    final LaneServices services;

    volatile boolean crowded;
    volatile boolean takesAside;
    /** What becomes of a record, by its value. */
    volatile Function<String, Handling> handler =
            value -> value.equals("bad") ? new Rejected(Outcome.INVALID, "bad") : new Delivered(1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    LaneFixture() {
        services = new LaneServices(
                this::handle,
                this::putAside,
                new FeedFigures(clock, List.of(observed)),
                workers,
                new Pace(() -> crowded, System::nanoTime),
                timer,
                new HangLog(clock));
    }

    private Handling handle(ConsumerRecord<byte[], byte[]> record) {
        begun.incrementAndGet();
        Handling handling = handler.apply(new String(record.value(), UTF_8));
        handled.add(record.offset());
        return handling;
    }

    private CompletableFuture<Void> putAside(ConsumerRecord<byte[], byte[]> record, Rejected why) {
        rejections.add(why);
        CompletableFuture<Void> kept = takesAside ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        aside.put(record.offset(), kept);
        return kept;
    }

    Lane lane() {
        return new Lane(PARTITION, services);
    }

    /** Records of these values, from that offset on. */
    static List<ConsumerRecord<byte[], byte[]>> records(long offset, String... values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ConsumerRecord<>(
                    PARTITION.topic(), PARTITION.partition(), offset + records.size(), null, value.getBytes(UTF_8)));
        }
        return records;
    }

    @Override
    public void close() {
        workers.shutdown();
        timer.shutdownNow();
    }
}
