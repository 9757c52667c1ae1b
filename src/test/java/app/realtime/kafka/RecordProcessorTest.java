package app.realtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.events.AnalyticsUpdate;
import app.realtime.events.Notification;
import app.realtime.events.PushEvent;
import app.realtime.events.ResponseNew;
import app.realtime.events.SurveyorLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordProcessorTest {

    private static final String SECRET = "what-nobody-may-read-in-a-log";

    private final List<PushEvent> published = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final CapturedLog log = new CapturedLog(PassedOverLog.class);
    private final RecordProcessor processor = processor(published::add);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void publishesTheEventOfEachChannel() {
        process(Channel.RESPONSES, "{\"surveyId\":\"s\",\"responseId\":\"r\"}");
        process(Channel.ANALYTICS, "{\"projectId\":\"p\",\"analytics\":{\"n\":1},\"type\":\"realtime\"}");
        process(
                Channel.LOCATIONS,
                "{\"surveyorId\":\"u\",\"location\":{\"coordinates\":{\"latitude\":25.2,\"longitude\":55.3}}}");
        process(Channel.NOTIFICATIONS, "{\"title\":\"t\"}");

        assertThat(published)
                .hasExactlyElementsOfTypes(
                        ResponseNew.class, AnalyticsUpdate.class, SurveyorLocation.class, Notification.class);
        assertThat(outcomes).hasSize(4).allMatch("a.topic delivered"::equals);
        assertThat(log.messages()).isEmpty();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("{\"surveyId\": " + SECRET, "not valid JSON"),
                Arguments.of("{\"surveyId\":\"" + SECRET, "the JSON ends too early"),
                Arguments.of("{\"surveyId\":\"" + SECRET + "\"}", "responseId is required"),
                Arguments.of("{\"surveyId\":\"no room of " + SECRET + "\",\"responseId\":\"r\"}", "surveyId"),
                Arguments.of("[\"" + SECRET + "\"]", "must be a JSON object"),
                Arguments.of("", "empty"),
                Arguments.of("{\"a\":".repeat(1000), "nested deeper"),
                Arguments.of(" ".repeat(RecordProcessor.MAX_BYTES + 1), "1048577 bytes"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void passesOverWhatIsNoEvent(String value, String problem) {
        process(Channel.RESPONSES, value);

        assertThat(published).isEmpty();
        assertThat(outcomes).containsExactly("a.topic invalid");
        assertThat(log.messages())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("topic a.topic, partition 3, offset 42", problem)
                        .doesNotContain(SECRET));
        assertThat(log.records()).allMatch(message -> message.getLevel() == Level.WARNING);
    }

    @Test
    void passesOverARecordWithoutAValue() {
        processor.process(Channel.RESPONSES, new ConsumerRecord<>("a.topic", 3, 42, null, null));

        assertThat(outcomes).containsExactly("a.topic invalid");
        assertThat(log.messages()).singleElement().asString().contains("no value");
    }

    @Test
    void passesOverAnEventThatCannotBePublished() {
        RecordProcessor failing = processor(event -> {
            throw new IllegalStateException("no rooms today");
        });

        failing.process(Channel.NOTIFICATIONS, record("{\"title\":\"" + SECRET + "\"}"));

        assertThat(outcomes).containsExactly("a.topic failed");
        assertThat(log.records()).singleElement().satisfies(message -> {
            assertThat(message.getMessage())
                    .contains("topic a.topic, partition 3, offset 42")
                    .doesNotContain(SECRET);
            assertThat(message.getThrown()).hasMessage("no rooms today");
        });
    }

    @Test
    void goesOnWhenItsObserverFails() {
        RecordProcessor unobserved =
                new RecordProcessor(published::add, new PassedOverLog(new SettableClock()), (topic, outcome) -> {
                    throw new IllegalStateException("no metrics today");
                });

        try (CapturedLog failures = new CapturedLog(FailureLog.class)) {
            unobserved.process(Channel.NOTIFICATIONS, record("{\"title\":\"one\"}"));
            unobserved.process(Channel.NOTIFICATIONS, record("{\"title\":\"two\"}"));

            assertThat(published).hasSize(2);
            assertThat(failures.records())
                    .singleElement()
                    .satisfies(message -> assertThat(message.getThrown()).hasMessage("no metrics today"));
        }
    }

    private RecordProcessor processor(Consumer<PushEvent> publisher) {
        return new RecordProcessor(
                publisher,
                new PassedOverLog(new SettableClock()),
                (topic, outcome) -> outcomes.add(topic + ' ' + outcome.label()));
    }

    private void process(Channel channel, String value) {
        processor.process(channel, record(value));
    }

    private static ConsumerRecord<byte[], byte[]> record(String value) {
        return new ConsumerRecord<>("a.topic", 3, 42, null, value.getBytes(UTF_8));
    }
}
