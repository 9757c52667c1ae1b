package app.realtime.kafka;

import app.realtime.kafka.KafkaState.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the state of the connection to Kafka, for health and statistics. One thread samples it; any thread reads it.
 */
@ApplicationScoped
public class KafkaMonitor {

    private static final Logger LOG = Logger.getLogger(KafkaMonitor.class.getName());

    private final KafkaSettings settings;
    private final ConsumerProbe probe;
    private final Clock clock;
    private volatile KafkaState state;

    @Inject
    KafkaMonitor(KafkaSettings settings, Clock clock) {
        this(settings, clock, new JmxConsumerProbe(ManagementFactory.getPlatformMBeanServer()));
    }

    KafkaMonitor(KafkaSettings settings, Clock clock, ConsumerProbe probe) {
        this.settings = settings;
        this.clock = clock;
        this.probe = probe;
        state = new KafkaState(settings.brokers().isPresent() ? Status.CONNECTING : Status.DISABLED, clock.instant());
    }

    /** For the CDI client proxy, which passes every call on and has no state of its own. */
    KafkaMonitor() {
        settings = null;
        probe = null;
        clock = null;
    }

    /** The state at the last sample, at most a second or two old. Never blocks. */
    public KafkaState state() {
        return state;
    }

    /** Looks at the consumers, and logs a change. To be called by one thread at a time. */
    void sample() {
        KafkaState before = state;
        if (before.status() == Status.DISABLED) {
            return;
        }
        List<String> absent = absentTopics();
        Status now = absent.isEmpty() ? Status.CONNECTED : whenAbsent(before.status());
        if (now == before.status()) {
            return;
        }
        state = new KafkaState(now, clock.instant());
        if (now == Status.CONNECTED) {
            LOG.info(() -> "Connected to Kafka: every topic is being read");
        } else {
            LOG.log(Level.WARNING, () -> "Disconnected from Kafka: not being read are " + String.join(", ", absent));
        }
    }

    private List<String> absentTopics() {
        List<String> absent = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (!probe.isConsuming(channel.clientId(settings))) {
                absent.add(channel.topic(settings));
            }
        }
        return absent;
    }

    private static Status whenAbsent(Status before) {
        return before == Status.CONNECTING ? Status.CONNECTING : Status.DISCONNECTED;
    }
}
