package app.realtime.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces single records that somebody tries out. Each has a producer of its own, because they are few and far between.
 * Thread-safe.
 */
final class TrialRecords implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TrialRecords.class.getName());
    private static final int AT_ONCE = 4;
    private static final int MOST_WAITING = 16;

    private final Map<String, Object> properties;
    private final ThreadPoolExecutor threads;

    /** @param properties of the producers */
    TrialRecords(Map<String, Object> properties, ThreadFactory threads) {
        this.properties = Map.copyOf(properties);
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), threads);
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Completes within some seconds; empty if the brokers did not take it, and the log has why. */
    CompletionStage<Optional<RecordMetadata>> send(String topic, Optional<String> key, String value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.map(TrialRecords::bytes).orElse(null), bytes(value));
        try {
            return CompletableFuture.supplyAsync(() -> send(record), threads);
        } catch (RejectedExecutionException e) {
            LOG.warning(() -> "Did not produce to " + topic + ": " + MOST_WAITING + " records wait already");
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private Optional<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return Optional.of(producer.send(record).get());
        } catch (ExecutionException e) {
            return refused(record, e.getCause());
        } catch (KafkaException e) {
            return refused(record, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<RecordMetadata> refused(ProducerRecord<byte[], byte[]> record, Throwable why) {
        LOG.log(Level.WARNING, why, () -> "Could not produce to " + record.topic());
        return Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
