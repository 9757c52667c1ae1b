package app.realtime.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Membership MEMBER = new Membership(true, true);
    private static final Membership GONE = new Membership(false, false);

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger reconnects = new AtomicInteger();
    private final CapturedLog log = new CapturedLog(Connection.class);
    private final Connection connection = new Connection(clock, "kafka:9092", reconnects::incrementAndGet);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void isConnectingUntilItHasBeenAMember() {
        clock.pass(Duration.ofSeconds(1));
        connection.seen(new Membership(true, false));
        assertThat(connection.status().state()).isEqualTo(FeedState.CONNECTING);
        assertThat(connection.status().since()).isEqualTo(START);

        connection.seen(MEMBER);
        clock.pass(Duration.ofSeconds(1));
        connection.seen(MEMBER);

        assertThat(connection.status().state()).isEqualTo(FeedState.CONNECTED);
        assertThat(connection.status().since()).isEqualTo(START.plusSeconds(1));
        assertThat(log.messages()).containsExactly("Connected to Kafka at kafka:9092");
        assertThat(reconnects).hasValue(0);
    }

    @Test
    void countsWhenItComesBack() {
        connection.seen(MEMBER);
        connection.seen(GONE);
        assertThat(connection.status().state()).isEqualTo(FeedState.DISCONNECTED);
        assertThat(connection.status().trouble()).contains(Trouble.UNREACHABLE);
        assertThat(log.messages()).last().asString().contains("Disconnected from Kafka", "KAFKA_BROKERS");

        connection.seen(MEMBER);

        assertThat(connection.status().reconnects()).isEqualTo(1);
        assertThat(connection.status().trouble()).isEmpty();
        assertThat(reconnects).hasValue(1);
    }

    @Test
    void saysOnceWhyItIsRefusedAndKeepsItUntilItIsConnected() {
        connection.failed(new SaslAuthenticationException("Authentication failed"));
        connection.failed(new SaslAuthenticationException("Authentication failed"));
        connection.seen(GONE);

        assertThat(connection.status().trouble()).contains(Trouble.AUTHENTICATION);
        assertThat(connection.status().state()).isEqualTo(FeedState.CONNECTING);
        assertThat(log.records())
                .filteredOn(message -> message.getLevel() == Level.WARNING)
                .hasSize(1);
        assertThat(log.messages()).first().asString().contains("KAFKA_SASL_*");
        connection.seen(MEMBER);
        assertThat(connection.status().trouble()).isEmpty();
    }

    @Test
    void namesTheKindOfTrouble() {
        assertThat(Trouble.of(new ExecutionException(new TimeoutException("no answer"))))
                .isEqualTo(Trouble.UNREACHABLE);
        assertThat(Trouble.of(new TopicAuthorizationException("t"))).isEqualTo(Trouble.AUTHORIZATION);
        assertThat(Trouble.of(new KafkaException("Failed to construct kafka consumer")))
                .isEqualTo(Trouble.CONFIGURATION);
        assertThat(Trouble.of(new KafkaException("Failed to create new KafkaAdminClient")))
                .isEqualTo(Trouble.CONFIGURATION);
        assertThat(Trouble.of(new IllegalStateException("?"))).isEqualTo(Trouble.OTHER);
    }

    @Test
    void triesAWrongPasswordLessAndLessOften() {
        assertThat(Trouble.AUTHENTICATION.isWorthTryingSoon()).isFalse();
        assertThat(Trouble.UNREACHABLE.isWorthTryingSoon()).isTrue();
    }
}
