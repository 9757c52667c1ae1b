package app.realtime.kafka.deadletter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes topics for dead letters where there are none, with the brokers' default number of partitions and replicas.
 * Thread-safe.
 */
public final class TopicCreation implements Consumer<String> {

    private static final Logger LOG = Logger.getLogger(TopicCreation.class.getName());

    /** A dead letter is larger than its record, by its headers. */
    private static final String MAX_BYTES = Integer.toString(2 * 1024 * 1024);

    private final Map<String, Object> admin;

    /** @param admin properties of an administrative client */
    public TopicCreation(Map<String, Object> admin) {
        this.admin = Map.copyOf(admin);
    }

    /** Waits up to some seconds. If it fails the topic may be there all the same: whoever sends to it will see. */
    @Override
    public void accept(String topic) {
        NewTopic wanted = new NewTopic(topic, Optional.empty(), Optional.empty())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_BYTES));
        try (Admin client = Admin.create(admin)) {
            client.createTopics(List.of(wanted)).all().get();
            LOG.info(() -> "Made the topic " + topic + " for dead letters");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                LOG.log(Level.FINE, e.getCause(), () -> "Could not make the topic " + topic);
            }
        } catch (KafkaException e) {
            LOG.log(Level.FINE, e, () -> "Could not make the topic " + topic);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
