package app.realtime.kafka;

import app.realtime.events.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The four feeds, one method each. Every record is acknowledged, whatever it held; none of the methods throws. Each is
 * called by its consumer's thread, one record after the other.
 */
@ApplicationScoped
public class KafkaFeeds {

    private static final Logger LOG = Logger.getLogger(KafkaFeeds.class.getName());

    private final PassedOverLog log;
    private final RecordProcessor processor;

    @Inject
    KafkaFeeds(EventPublisher publisher, Clock clock, @Any Instance<RecordObserver> observers) {
        log = new PassedOverLog(clock);
        List<RecordObserver> all = observers.stream().toList();
        processor = new RecordProcessor(
                publisher::publish, log, (topic, outcome) -> all.forEach(each -> each.record(topic, outcome)));
    }

    /** For the CDI client proxy, which passes every call on and has no state of its own. */
    KafkaFeeds() {
        log = null;
        processor = null;
    }

    @Incoming(Channel.RESPONSES_NAME)
    public CompletionStage<Void> responses(Message<byte[]> message) {
        return process(Channel.RESPONSES, message);
    }

    @Incoming(Channel.ANALYTICS_NAME)
    public CompletionStage<Void> analytics(Message<byte[]> message) {
        return process(Channel.ANALYTICS, message);
    }

    @Incoming(Channel.LOCATIONS_NAME)
    public CompletionStage<Void> locations(Message<byte[]> message) {
        return process(Channel.LOCATIONS, message);
    }

    @Incoming(Channel.NOTIFICATIONS_NAME)
    public CompletionStage<Void> notifications(Message<byte[]> message) {
        return process(Channel.NOTIFICATIONS, message);
    }

    /** Writes what is left to say of records passed over in the past minute. */
    void summarize() {
        log.summarize();
    }

    private CompletionStage<Void> process(Channel channel, Message<byte[]> message) {
        @SuppressWarnings(
                "unchecked") // The connector's values are byte arrays: META-INF/microprofile-config.properties
        ConsumerRecord<?, byte[]> record = message.unwrap(ConsumerRecord.class);
        processor.process(channel, record);
        // The acknowledgement is not awaited: it ends when the offset is committed, half a second later.
        message.ack().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(Level.FINE, failure, () -> "Not committed, so it may come again: " + record.topic());
            }
        });
        return CompletableFuture.completedFuture(null);
    }
}
