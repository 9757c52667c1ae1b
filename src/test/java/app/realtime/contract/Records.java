package app.realtime.contract;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records with the official producer. Safe to use from any thread. */
final class Records implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    Records(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends to partition 0 and waits until the broker has it. */
    RecordMetadata send(String topic, String value) {
        return send(topic, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** @param value may be null, which makes a tombstone */
    RecordMetadata send(String topic, byte[] value) {
        try {
            return begin(topic, 0, value).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    Future<RecordMetadata> begin(String topic, int partition, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, partition, "key", value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
