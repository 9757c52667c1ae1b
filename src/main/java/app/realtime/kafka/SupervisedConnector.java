package app.realtime.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;
import org.eclipse.microprofile.reactive.messaging.spi.IncomingConnectorFactory;
import org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder;
import org.eclipse.microprofile.reactive.streams.operators.ReactiveStreams;

/**
 * Liberty's Kafka connector with what a service needs around it: no brokers mean no consumer, the brokers are those of
 * {@link KafkaSettings}, and a consumer that fails is closed and followed by another. Thread-safe.
 */
@ApplicationScoped
@Connector("supervised-kafka")
public class SupervisedConnector implements IncomingConnectorFactory {

    private final KafkaSettings settings;
    private final IncomingConnectorFactory liberty;
    private final Clock clock;

    @Resource
    private ManagedScheduledExecutorService executor;

    // Both guarded by this object's lock.
    private FirstContact firstContact;
    private CompletionStage<Boolean> brokersAnswer;

    @Inject
    SupervisedConnector(
            KafkaSettings settings, @Connector("liberty-kafka") IncomingConnectorFactory liberty, Clock clock) {
        this.settings = settings;
        this.liberty = liberty;
        this.clock = clock;
    }

    /** For the CDI client proxy, which passes every call on and has no state of its own. */
    SupervisedConnector() {
        this(null, null, null);
    }

    @Override
    public PublisherBuilder<? extends Message<?>> getPublisherBuilder(Config config) {
        String name = config.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class);
        Channel channel = Channel.named(name)
                .orElseThrow(() -> new IllegalArgumentException("No channel of this service is named " + name));
        if (settings.brokers().isEmpty()) {
            return ReactiveStreams.fromCompletionStage(
                    SupervisedStream.uncancellable(new CompletableFuture<Message<?>>()));
        }
        ChannelConfiguration configuration = new ChannelConfiguration(
                channel, settings, settings.brokers().get(), ChannelConfiguration.read(config));
        Config consumer = configuration.consumerConfig();
        return new SupervisedStream(
                        channel.channelName(),
                        firstContact(configuration),
                        () -> liberty.getPublisherBuilder(consumer),
                        new Backoff(clock),
                        this::after)
                .publisher();
    }

    @PreDestroy
    synchronized void close() {
        if (firstContact != null) {
            firstContact.close();
        }
    }

    /** One for all channels, because their consumers are members of one group. */
    private synchronized CompletionStage<Boolean> firstContact(ChannelConfiguration configuration) {
        if (firstContact == null) {
            List<String> topics = Stream.of(Channel.values())
                    .map(each -> each.topic(settings))
                    .toList();
            firstContact = new FirstContact(configuration.admin(), settings.groupId(), topics, executor);
            brokersAnswer = firstContact.make();
        }
        return brokersAnswer;
    }

    private CompletionStage<Boolean> after(Duration delay) {
        CompletableFuture<Boolean> elapsed = new CompletableFuture<>();
        executor.schedule(() -> elapsed.complete(true), delay.toMillis(), TimeUnit.MILLISECONDS);
        return elapsed;
    }
}
