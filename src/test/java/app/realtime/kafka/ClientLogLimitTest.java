package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.kafka.consumer.CapturedLog;
import app.realtime.kafka.consumer.SettableClock;
import java.time.Duration;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ClientLogLimitTest {

    private final SettableClock clock = new SettableClock();
    private final ClientLogLimit limit = new ClientLogLimit(clock);

    @Test
    void letsTheClientSayAFewThingsAMinute() throws ClassNotFoundException {
        Class<?> client = Class.forName("org.apache.kafka.clients.NetworkClient");
        limit.install();
        try (CapturedLog log = new CapturedLog(client)) {
            complain(client, 100);
            assertThat(log.messages()).hasSize(10);

            clock.pass(Duration.ofMinutes(1));
            complain(client, 100);
            assertThat(log.messages()).hasSize(20);

            limit.uninstall();
            complain(client, 100);
            assertThat(log.messages()).hasSize(120);
        } finally {
            limit.uninstall();
        }
    }

    private static void complain(Class<?> client, int times) {
        for (int i = 0; i < times; i++) {
            Logger.getLogger(client.getName()).warning("Connection to node -1 could not be established");
        }
    }
}
