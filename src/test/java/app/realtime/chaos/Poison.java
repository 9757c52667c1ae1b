package app.realtime.chaos;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that a pattern can be searched in for years. Owned by one thread. */
final class Poison implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<String, String> producer;

    Poison(String brokers, String topic) {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new StringSerializer(),
                new StringSerializer());
    }

    void send(int records) {
        for (int i = 0; i < records; i++) {
            String value = "{\"n\":\"%d\",\"text\":\"%s!\"}".formatted(i, "a".repeat(200));
            producer.send(new ProducerRecord<>(topic, value));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
