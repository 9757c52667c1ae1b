package app.realtime.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    @Test
    void keepsATaskGoingThatFails() {
        AtomicInteger runs = new AtomicInteger();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (CapturedLog log = new CapturedLog(FailureLog.class)) {
            Runnable task = new FailureLog("The sky could not be seen").guard(() -> {
                runs.incrementAndGet();
                throw new IllegalStateException("clouds");
            });
            scheduler.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);

            Awaitility.await().until(() -> runs.get() >= 3);
            assertThat(log.records())
                    .filteredOn(message -> message.getLevel() == Level.WARNING)
                    .singleElement()
                    .satisfies(message -> {
                        assertThat(message.getMessage()).isEqualTo("The sky could not be seen");
                        assertThat(message.getThrown()).hasMessage("clouds");
                    });
        } finally {
            scheduler.shutdownNow();
        }
    }
}
