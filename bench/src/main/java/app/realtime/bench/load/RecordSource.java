package app.realtime.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes by Kafka: one record for each event. Not safe for use by several threads. */
public final class RecordSource implements EventSource {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public RecordSource(String brokers, String topic) {
        this.topic = topic;
        ByteArraySerializer bytes = new ByteArraySerializer();
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "linger.ms", "0"), bytes, bytes);
    }

    @Override
    public void publish(long at) {
        String value = "{\"type\":\"bench\",\"title\":\"A notification\",\"message\":\"" + "x".repeat(60)
                + "\",\"metadata\":{\"at\":" + at + "}}";
        producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
