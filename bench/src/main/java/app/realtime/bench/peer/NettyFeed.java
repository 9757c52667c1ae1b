package app.realtime.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Takes the records of one topic, on a thread of its own, as long as the process lives. */
final class NettyFeed {

    /** Takes one record. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] record) throws IOException;
    }

    private final String brokers;
    private final String topic;
    private final Sink sink;

    NettyFeed(String brokers, String topic, Sink sink) {
        this.brokers = brokers;
        this.topic = topic;
        this.sink = sink;
    }

    void start() {
        Thread thread = new Thread(this::run, "feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "group.id", "netty-peer", "auto.offset.reset", "earliest");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    sink.take(record.value());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A record that is no JSON", e);
        }
    }
}
