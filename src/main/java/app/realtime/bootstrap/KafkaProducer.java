package app.realtime.bootstrap;

import app.realtime.engineio.EngineServer;
import app.realtime.events.EventPublisher;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.KafkaSettings;
import app.realtime.kafka.consumer.FeedObserver;
import app.realtime.ops.ServiceInfo;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** Puts the parts together that read from Kafka. */
@Dependent
class KafkaProducer {

    /** Not virtual: Kafka's clients hold their threads, and a record that hangs would hold a carrier. */
    @Resource(lookup = RealtimeProducer.PLATFORM_THREADS)
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    KafkaFeed feed(
            KafkaSettings settings,
            ServiceInfo service,
            EventPublisher publisher,
            @Any Instance<FeedObserver> observers,
            OpenTelemetry telemetry,
            EngineServer engine,
            ScheduledExecutorService timer,
            Clock clock) {
        return new KafkaFeed(
                settings,
                new KafkaFeed.Surroundings(
                        service.version(),
                        publisher,
                        observers.stream().toList(),
                        telemetry,
                        engine::isCrowded,
                        threads,
                        timer,
                        clock));
    }
}
