package app.realtime.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** What the Kafka side does every second, from the start of the application to its end. */
@ApplicationScoped
class KafkaHousekeeping {

    private static final Logger LOG = Logger.getLogger(KafkaHousekeeping.class.getName());

    @Inject
    private KafkaSettings settings;

    @Inject
    private KafkaMonitor monitor;

    @Inject
    private KafkaFeeds feeds;

    @Inject
    private Clock clock;

    @Resource
    private ManagedScheduledExecutorService executor;

    private ScheduledFuture<?> everySecond;
    private ClientLogLimit clientLogLimit;

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarted) {
        if (settings.brokers().isEmpty()) {
            LOG.info("KAFKA_BROKERS is empty: the service runs without Kafka");
            return;
        }
        clientLogLimit = new ClientLogLimit(clock);
        clientLogLimit.install();
        FailureLog failures =
                new FailureLog("The state of Kafka could not be determined; said once, later ones at debug level");
        everySecond = executor.scheduleWithFixedDelay(failures.guard(this::look), 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        monitor.sample();
        feeds.summarize();
    }

    @PreDestroy
    void stop() {
        if (everySecond != null) {
            everySecond.cancel(false);
            clientLogLimit.uninstall();
        }
    }
}
