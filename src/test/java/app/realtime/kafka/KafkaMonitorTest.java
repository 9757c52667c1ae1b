package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.kafka.KafkaState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaMonitorTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final Set<String> consuming = new HashSet<>();
    private final CapturedLog log = new CapturedLog(KafkaMonitor.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void isDisabledWithoutBrokers() {
        KafkaMonitor monitor = monitor(Optional.empty());
        monitor.sample();

        assertThat(monitor.state()).isEqualTo(new KafkaState(Status.DISABLED, START));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void isConnectingUntilEveryTopicIsBeingRead() {
        KafkaMonitor monitor = monitor(Optional.of("localhost:1"));
        Set<String> three = Set.of("it-responses", "it-analytics", "it-locations");
        consuming.addAll(three);
        clock.pass(Duration.ofSeconds(1));
        monitor.sample();

        assertThat(monitor.state()).isEqualTo(new KafkaState(Status.CONNECTING, START));

        consuming.add("it-notifications");
        clock.pass(Duration.ofSeconds(1));
        monitor.sample();
        clock.pass(Duration.ofSeconds(1));
        monitor.sample();

        assertThat(monitor.state()).isEqualTo(new KafkaState(Status.CONNECTED, START.plusSeconds(2)));
        assertThat(log.messages()).containsExactly("Connected to Kafka: every topic is being read");
    }

    @Test
    void isDisconnectedWhenATopicIsNoLongerRead() {
        KafkaMonitor monitor = monitor(Optional.of("localhost:1"));
        consuming.addAll(Set.of("it-responses", "it-analytics", "it-locations", "it-notifications"));
        monitor.sample();
        consuming.remove("it-locations");
        clock.pass(Duration.ofSeconds(5));
        monitor.sample();

        assertThat(monitor.state()).isEqualTo(new KafkaState(Status.DISCONNECTED, START.plusSeconds(5)));
        assertThat(log.messages()).last().isEqualTo("Disconnected from Kafka: not being read are l.topic");

        consuming.add("it-locations");
        monitor.sample();
        assertThat(monitor.state().status()).isEqualTo(Status.CONNECTED);
    }

    private KafkaMonitor monitor(Optional<String> brokers) {
        KafkaSettings settings = new KafkaSettings(brokers, "it", "group", "r.topic", "a.topic", "l.topic", "n.topic");
        return new KafkaMonitor(settings, clock, consuming::contains);
    }
}
