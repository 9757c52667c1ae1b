package app.realtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.kafka.consumer.CapturedLog;
import app.realtime.kafka.consumer.SettableClock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RejectionLogTest {

    private final SettableClock clock = new SettableClock();
    private final RejectionLog log = new RejectionLog(clock);
    private final CapturedLog captured = new CapturedLog(RejectionLog.class);

    @AfterEach
    void closeLog() {
        captured.close();
    }

    @Test
    void logsTheFirstTenOfATopicInAMinute() {
        invalid("a", 5000);

        assertThat(captured.messages())
                .hasSize(10)
                .last()
                .isEqualTo("Rejected an invalid record: topic a, partition 0, offset 9: it is bad");
    }

    @Test
    void countsTopicsApart() {
        invalid("a", 50);
        invalid("b", 3);

        assertThat(captured.messages()).hasSize(13);
    }

    @Test
    void sumsUpTheRestOnceTheMinuteIsOver() {
        invalid("a", 5000);
        clock.pass(Duration.ofSeconds(59));
        log.summarize();
        assertThat(captured.messages()).hasSize(10);

        clock.pass(Duration.ofSeconds(1));
        log.summarize();
        log.summarize();

        assertThat(captured.messages())
                .hasSize(11)
                .last()
                .isEqualTo("Rejected 4990 more records of topic a in the minute from 2024-01-01T00:00:00Z");
    }

    @Test
    void sumsUpWhenTheNextMinuteBegins() {
        invalid("a", 12);
        clock.pass(Duration.ofMinutes(2));
        invalid("a", 1);

        assertThat(captured.messages()).hasSize(12);
        assertThat(captured.messages().get(10)).startsWith("Rejected 2 more records of topic a");
        assertThat(captured.messages().get(11)).contains("offset 0");
    }

    @Test
    void sumsNothingUpThatWasLogged() {
        invalid("a", 10);
        clock.pass(Duration.ofMinutes(1));
        log.summarize();

        assertThat(captured.messages()).hasSize(10);
    }

    private void invalid(String topic, int records) {
        for (int offset = 0; offset < records; offset++) {
            log.invalid(new ConsumerRecord<>(topic, 0, offset, null, null), "it is bad");
        }
    }
}
