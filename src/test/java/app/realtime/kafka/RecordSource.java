package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records, and knows how far a group has got. Safe to use from any thread. */
final class RecordSource implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Held, since the logging framework forgets loggers that nobody holds; a client without a broker says a lot. */
    private static final Logger CLIENT = Logger.getLogger("org.apache.kafka");

    private final String brokers;
    private final KafkaProducer<String, String> producer;

    RecordSource(String brokers) {
        CLIENT.setLevel(Level.SEVERE);
        this.brokers = brokers;
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500,
                ProducerConfig.ACKS_CONFIG,
                "all");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Returns when the broker has taken the record. */
    void send(TopicPartition partition, String value) {
        awaitTaken(sending(partition, value));
    }

    /** Begins to send numbered records to one partition, one each pause, whether the broker answers or not. */
    Load load(TopicPartition partition, Duration pause, IntFunction<String> values) {
        return new Load(partition, pause, values);
    }

    /** The records of the partition that the group has not committed. */
    long lag(String group, TopicPartition partition) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            long committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition)
                    .offset();
            return end - committed;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private Future<RecordMetadata> sending(TopicPartition partition, String value) {
        return producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
    }

    private static void awaitTaken(Future<RecordMetadata> sent) {
        try {
            sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The broker did not take a record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Records on their way. Its own thread sends them; any thread may stop it. */
    final class Load implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final Queue<Future<RecordMetadata>> sent = new ConcurrentLinkedQueue<>();

        private Load(TopicPartition partition, Duration pause, IntFunction<String> values) {
            timer.scheduleAtFixedRate(
                    () -> sent.add(sending(partition, values.apply(sent.size()))),
                    0,
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        /** Ends the load; returns how many were sent, when the broker has taken them all. */
        int stop() {
            close();
            sent.forEach(RecordSource::awaitTaken);
            return sent.size();
        }

        @Override
        public void close() {
            timer.shutdown();
            try {
                assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", e);
            }
        }
    }
}
