package app.realtime.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Numbered records to one topic, a few every ten milliseconds, whether the brokers answer or not. Every twentieth is no
 * event, and so must become a dead letter. Its own thread sends them; any thread may stop it.
 */
final class Load implements AutoCloseable {

    private static final int TICK_MILLIS = 10;
    private static final int PARTITIONS = 3;

    private final String topic;
    private final KafkaProducer<String, String> producer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Phaser underWay = new Phaser(1);
    private final Tally produced = new Tally();
    private volatile Exception failure;
    /** Owned by the timer's thread, read after its end. */
    private int next;

    Load(String brokers, String topic) {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 180_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000,
                        ProducerConfig.LINGER_MS_CONFIG, 5),
                new StringSerializer(),
                new StringSerializer());
    }

    Load begin(int perSecond) {
        int perTick = Math.max(1, perSecond * TICK_MILLIS / 1000);
        timer.scheduleAtFixedRate(() -> send(perTick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Sends that many at once, and returns when the brokers have them. */
    void burst(int records) {
        send(records);
        end();
    }

    /** Ends the load; returns when the brokers have taken all of it. */
    void end() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(3, TimeUnit.MINUTES)) {
                throw new AssertionError("The load does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
        producer.flush();
        underWay.arriveAndAwaitAdvance();
        if (failure != null) {
            throw new AssertionError("The brokers did not take a record", failure);
        }
    }

    int sent() {
        return produced.distinct();
    }

    Tally produced() {
        return produced;
    }

    /** How many of all that were sent are no events. */
    int invalid() {
        return (int) produced.numbers().stream().filter(Load::isInvalid).count();
    }

    private static boolean isInvalid(int number) {
        return number % 20 == 7;
    }

    private void send(int records) {
        for (int i = 0; i < records; i++) {
            int number = next++;
            String field = isInvalid(number) ? "" : ",\"responseId\":\"r\"";
            String value = "{\"surveyId\":\"chaos\"%s,\"response\":{\"n\":\"%d\"}}".formatted(field, number);
            underWay.register();
            producer.send(new ProducerRecord<>(topic, number % PARTITIONS, null, value), (metadata, failed) -> {
                if (failed == null) {
                    produced.add(number);
                } else {
                    failure = failed;
                }
                underWay.arriveAndDeregister();
            });
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
