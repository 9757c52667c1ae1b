package app.realtime.run;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends one record: {@code mvn -q -Pproduce -Dtopic=survey.responses -Dvalue='{...}'}. */
public final class Produce {

    private static final String USAGE = "mvn -q -Pproduce -Dtopic=survey.responses -Dvalue='{...}' [-Dkey=...]";

    private Produce() {}

    public static void main(String[] arguments) {
        String topic = Tools.required("topic", USAGE);
        String value = Tools.required("value", USAGE);
        String key = Tools.property("key", null);
        String brokers = Tools.environment("KAFKA_BROKERS", "localhost:29092");
        BrokerAdmin.quietClient();
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            RecordMetadata sent =
                    producer.send(new ProducerRecord<>(topic, key, value)).get();
            System.out.println(
                    "Sent to " + sent.topic() + ", partition " + sent.partition() + ", offset " + sent.offset());
        } catch (ExecutionException | org.apache.kafka.common.KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw Tools.refuse("Could not send to Kafka at " + brokers + ": " + cause.getMessage()
                    + "\nIs a broker running there? `mvn -Pdev` starts one; KAFKA_BROKERS names another.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Tools.refuse("Interrupted");
        }
    }
}
