package app.realtime.kafka.consumer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The first call to the brokers, which lets the consumer group begin before a consumer joins it. The consumer's thread
 * makes the attempts; {@link #close()} may be called by any.
 */
final class FirstContact implements AutoCloseable {

    private final Map<String, Object> adminProperties;
    private final String group;
    private final Set<String> topics;
    private final AtomicReference<Optional<Admin>> current = new AtomicReference<>(Optional.empty());
    private volatile boolean closed;

    FirstContact(Map<String, Object> adminProperties, String group, Set<String> topics) {
        this.adminProperties = Map.copyOf(adminProperties);
        this.group = group;
        this.topics = Set.copyOf(topics);
    }

    /**
     * One attempt, of up to some ten seconds.
     *
     * @throws KafkaException if the brokers refused or did not answer in time, or this was closed
     */
    void attempt() throws InterruptedException {
        try (Admin admin = Admin.create(adminProperties)) {
            current.set(Optional.of(admin));
            if (!closed) {
                new GroupBeginning(admin, group).commit(topics);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } finally {
            current.set(Optional.empty());
        }
    }

    /** Ends an attempt under way. */
    @Override
    public void close() {
        closed = true;
        current.get().ifPresent(admin -> admin.close(Duration.ZERO));
    }
}
