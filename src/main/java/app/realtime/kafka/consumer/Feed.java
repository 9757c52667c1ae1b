package app.realtime.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Everything that reads from Kafka, to be started once and stopped once. Thread-safe. */
public final class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class.getName());

    /** The farewell of lanes, a commit and the consumer's own end: each has up to two seconds. */
    private static final Duration STOP = Duration.ofSeconds(7);

    /**
     * What is read, and how.
     *
     * @param brokers as the log names them
     * @param admin properties of an administrative client
     * @param consumers makes a consumer
     * @param recordTimeout how long the processing of a record may take
     * @param workers how many threads process records
     */
    public record Source(
            String brokers,
            String group,
            Set<String> topics,
            Map<String, Object> admin,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Duration recordTimeout,
            int workers) {}

    /**
     * Where records go.
     *
     * @param crowded whether some client is far behind, so that the feed should go slowly; cheap
     */
    public record Sink(RecordHandler handler, Aside aside, BooleanSupplier crowded, List<FeedObserver> observers) {}

    private final FeedFigures figures;
    private final Workers workers;
    private final Connection connection;
    private final ConsumerLoop loop;
    private final Thread thread;

    public Feed(Source source, Sink sink, ThreadFactory threads, ScheduledExecutorService timer, Clock clock) {
        figures = new FeedFigures(clock, sink.observers());
        workers = new Workers(source.workers(), threads);
        connection = new Connection(clock, source.brokers(), figures::reconnected);
        LaneServices services = new LaneServices(
                sink.handler(),
                sink.aside(),
                figures,
                workers,
                new Pace(sink.crowded(), System::nanoTime),
                timer,
                new HangLog(clock));
        FirstContact firstContact = new FirstContact(source.admin(), source.group(), source.topics());
        loop = new ConsumerLoop(
                source.topics(), firstContact, source.consumers(), services, connection, source.recordTimeout(), clock);
        thread = threads.newThread(loop);
    }

    /** Begins to read; returns at once. */
    public void start() {
        thread.start();
    }

    /** Finishes what is under way, commits it and leaves the group; takes up to seven seconds. */
    public void stop() {
        loop.stop();
        try {
            if (thread.isAlive() && !loop.awaitEnd(STOP)) {
                LOG.log(Level.WARNING, "The Kafka consumer did not end in time; what it had not committed comes again");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.shutdown();
        }
    }

    /** One partition as it is now; empty if it has never been read here. Never waits. */
    public Optional<FeedView.Partition> partition(String topic, int partition) {
        return figures.view(new TopicPartition(topic, partition));
    }

    /** How it stands now. Never waits. */
    public FeedView view() {
        Connection.Status status = connection.status();
        return new FeedView(
                status.state(),
                status.since(),
                status.trouble(),
                status.reconnects(),
                workers.hanging(),
                figures.view());
    }
}
