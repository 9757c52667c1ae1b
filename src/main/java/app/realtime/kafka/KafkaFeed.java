package app.realtime.kafka;

import app.realtime.events.EventPublisher;
import app.realtime.events.EventSource;
import app.realtime.kafka.consumer.Aside;
import app.realtime.kafka.consumer.FailureLog;
import app.realtime.kafka.consumer.Feed;
import app.realtime.kafka.consumer.FeedObserver;
import app.realtime.kafka.consumer.FeedState;
import app.realtime.kafka.consumer.FeedView;
import app.realtime.kafka.deadletter.DeadLetters;
import app.realtime.kafka.deadletter.Redrive;
import app.realtime.kafka.deadletter.TopicCreation;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What comes in by Kafka: the consumer of all topics, the dead letters, and their redrive. Does nothing where no brokers
 * are configured. Thread-safe; to be started once and stopped once.
 */
public final class KafkaFeed {

    private static final Logger LOG = Logger.getLogger(KafkaFeed.class.getName());

    private final Instant since;
    private final Optional<Parts> parts;

    /** What there is where there are brokers. */
    private record Parts(
            Feed feed,
            Optional<DeadLetters> deadLetters,
            Optional<Redrive> redrive,
            ExecutorService redriveThreads,
            TrialRecords trials,
            ClientLogLimit clientLogLimit,
            ScheduledFuture<?> summaries) {}

    /**
     * What the feed needs of others.
     *
     * @param crowded whether some client is far behind; cheap
     * @param threads for what blocks: platform threads
     * @param timer for short tasks
     */
    public record Surroundings(
            String serviceVersion,
            EventPublisher publisher,
            List<FeedObserver> observers,
            OpenTelemetry telemetry,
            BooleanSupplier crowded,
            ThreadFactory threads,
            ScheduledExecutorService timer,
            Clock clock) {}

    public KafkaFeed(KafkaSettings settings, Surroundings surroundings) {
        since = surroundings.clock().instant();
        parts = settings.brokers().map(brokers -> parts(settings, brokers, surroundings));
    }

    private static Parts parts(KafkaSettings settings, String brokers, Surroundings around) {
        ClientProperties clients = new ClientProperties(settings);
        RejectionLog rejections = new RejectionLog(around.clock());
        RecordProcessor processor = new RecordProcessor(
                settings.routes(),
                event -> around.publisher().publish(event, EventSource.KAFKA),
                new BroadcastSpans(around.telemetry()),
                rejections);
        Optional<DeadLetters> deadLetters = settings.deadLetterSuffix()
                .map(suffix -> new DeadLetters(
                        suffix,
                        around.serviceVersion(),
                        () -> new KafkaProducer<>(
                                clients.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                        new TopicCreation(clients.admin()),
                        around.threads()));
        // Without dead letters the log is where a rejected record can be found.
        Aside aside = deadLetters
                .<Aside>map(letters -> letters)
                .orElse((record, why) -> CompletableFuture.completedFuture(null));
        ExecutorService redriveThreads = Executors.newCachedThreadPool(around.threads());
        Feed feed = new Feed(
                new Feed.Source(
                        brokers,
                        settings.groupId(),
                        settings.routes().topics(),
                        clients.admin(),
                        () -> consumer(clients.consumer()),
                        settings.recordTimeout(),
                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
                new Feed.Sink(processor, aside, around.crowded(), around.observers()),
                around.threads(),
                around.timer(),
                around.clock());
        FailureLog failures =
                new FailureLog("Rejected records could not be summed up; said once, later ones at debug level");
        return new Parts(
                feed,
                deadLetters,
                deadLetters.map(letters -> new Redrive(
                        settings.deadLetterSuffix().orElseThrow(),
                        limit -> consumer(clients.redrive(limit)),
                        processor,
                        letters,
                        settings.recordTimeout(),
                        redriveThreads)),
                redriveThreads,
                new TrialRecords(clients.trialProducer(), around.threads()),
                new ClientLogLimit(around.clock()),
                around.timer().scheduleWithFixedDelay(failures.guard(rejections::summarize), 10, 10, TimeUnit.SECONDS));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Begins to read; returns at once. */
    public void start() {
        if (parts.isEmpty()) {
            LOG.info("KAFKA_BROKERS is empty: the service runs without Kafka");
            return;
        }
        parts.get().clientLogLimit().install();
        parts.get().feed().start();
    }

    /** Finishes and commits what is under way, and leaves the group; takes up to some seconds. */
    public void stop() {
        parts.ifPresent(running -> {
            running.summaries().cancel(false);
            running.feed().stop();
            running.deadLetters().ifPresent(DeadLetters::close);
            running.redriveThreads().shutdownNow();
            running.trials().close();
            running.clientLogLimit().uninstall();
        });
    }

    /** How it stands now. Never waits. */
    public FeedView view() {
        return parts.map(running -> running.feed().view())
                .orElseGet(() -> new FeedView(FeedState.DISABLED, since, Optional.empty(), 0, 0, List.of()));
    }

    /** One partition as it is now; empty if this instance has never read it. Never waits. */
    public Optional<FeedView.Partition> partition(String topic, int partition) {
        return parts.flatMap(running -> running.feed().partition(topic, partition));
    }

    /** How many rejected records are not yet in a topic of dead letters. */
    public int deadLettersWaiting() {
        return parts.flatMap(Parts::deadLetters).map(DeadLetters::waiting).orElse(0);
    }

    /** Whether rejected records are kept in topics of dead letters. */
    public boolean keepsDeadLetters() {
        return parts.flatMap(Parts::redrive).isPresent();
    }

    /**
     * Sends dead letters through again, on a thread of its own.
     *
     * @return fails with what {@link Redrive#redrive} throws
     * @throws IllegalStateException if none are kept
     */
    public CompletionStage<Redrive.Report> redrive(String topic, int limit) {
        Redrive redrive =
                parts.flatMap(Parts::redrive).orElseThrow(() -> new IllegalStateException("Dead letters are not kept"));
        CompletableFuture<Redrive.Report> report = new CompletableFuture<>();
        parts.get().redriveThreads().execute(() -> {
            try {
                report.complete(redrive.redrive(topic, limit));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                report.completeExceptionally(e);
            } catch (Redrive.BusyException | RuntimeException | Error e) {
                report.completeExceptionally(e);
            }
        });
        return report;
    }

    /**
     * Produces one record, on a thread of its own.
     *
     * @return completes within some seconds; empty if the brokers did not take it
     * @throws IllegalStateException if the service runs without Kafka
     */
    public CompletionStage<Optional<RecordMetadata>> produce(String topic, Optional<String> key, String value) {
        return parts.orElseThrow(() -> new IllegalStateException("The service runs without Kafka"))
                .trials()
                .send(topic, key, value);
    }
}
