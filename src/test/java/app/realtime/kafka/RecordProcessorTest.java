package app.realtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.events.AnalyticsUpdate;
import app.realtime.events.Notification;
import app.realtime.events.Publication;
import app.realtime.events.PushEvent;
import app.realtime.events.ResponseNew;
import app.realtime.events.SurveyorLocation;
import app.realtime.kafka.consumer.CapturedLog;
import app.realtime.kafka.consumer.Handling;
import app.realtime.kafka.consumer.Handling.Delivered;
import app.realtime.kafka.consumer.Handling.Rejected;
import app.realtime.kafka.consumer.Outcome;
import app.realtime.kafka.consumer.SettableClock;
import app.realtime.kafka.route.Routes;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    private static final String RESPONSES = "r.topic";
    private static final String ANALYTICS = "a.topic";
    private static final String LOCATIONS = "l.topic";
    private static final String NOTIFICATIONS = "n.topic";

    private final List<PushEvent> published = new ArrayList<>();
    private final CapturedLog log = new CapturedLog(RejectionLog.class);
    private final RecordProcessor processor = processor(event -> {
        published.add(event);
        return new Publication(7, "now");
    });

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void publishesTheEventOfEachTopic() {
        List<Handling> handled = List.of(
                handle(RESPONSES, "{\"surveyId\":\"s\",\"responseId\":\"r\"}"),
                handle(ANALYTICS, "{\"projectId\":\"p\",\"analytics\":{\"n\":1},\"type\":\"realtime\"}"),
                handle(
                        LOCATIONS,
                        "{\"surveyorId\":\"u\",\"location\":{\"coordinates\":{\"latitude\":25.2,\"longitude\":55.3}}}"),
                handle(NOTIFICATIONS, "{\"title\":\"t\"}"));

        assertThat(published)
                .hasExactlyElementsOfTypes(
                        ResponseNew.class, AnalyticsUpdate.class, SurveyorLocation.class, Notification.class);
        assertThat(handled).containsOnly(new Delivered(7));
        assertThat(log.messages()).isEmpty();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("{\"surveyId\": " + SECRET, Outcome.MALFORMED, "not valid JSON"),
                Arguments.of("{\"surveyId\":\"" + SECRET, Outcome.MALFORMED, "the JSON ends too early"),
                Arguments.of("{\"surveyId\":\"" + SECRET + "\"}", Outcome.INVALID, "responseId is required"),
                Arguments.of(
                        "{\"surveyId\":\"no room of " + SECRET + "\",\"responseId\":\"r\"}",
                        Outcome.INVALID,
                        "surveyId"),
                Arguments.of("[\"" + SECRET + "\"]", Outcome.INVALID, "must be a JSON object"),
                Arguments.of("", Outcome.MALFORMED, "empty"),
                Arguments.of("{\"a\":".repeat(1000), Outcome.MALFORMED, "nested deeper"),
                Arguments.of(" ".repeat(RecordProcessor.MAX_BYTES + 1), Outcome.MALFORMED, "1048577 bytes"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void rejectsWhatIsNoEvent(String value, Outcome outcome, String problem) {
        Handling handling = handle(RESPONSES, value);

        assertThat(published).isEmpty();
        assertThat(handling)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.detail()).contains(problem).doesNotContain(SECRET))
                .extracting(Handling::outcome)
                .isEqualTo(outcome);
        assertThat(log.messages())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("topic r.topic, partition 3, offset 42", problem)
                        .doesNotContain(SECRET));
        assertThat(log.records()).allMatch(message -> message.getLevel() == Level.WARNING);
    }

    @Test
    void rejectsARecordWithoutAValue() {
        assertThat(processor.handle(new ConsumerRecord<>(RESPONSES, 3, 42, null, null)))
                .isEqualTo(new Rejected(Outcome.MALFORMED, "it has no value (a tombstone)"));
        assertThat(log.messages()).singleElement().asString().contains("no value");
    }

    @Test
    void rejectsAnEventThatCannotBePublished() {
        RecordProcessor failing = processor(event -> {
            throw new IllegalStateException("no rooms today");
        });

        Handling handling = failing.handle(record(NOTIFICATIONS, "{\"title\":\"" + SECRET + "\"}"));

        assertThat(handling)
                .isEqualTo(new Rejected(
                        Outcome.FAILED, "java.lang.IllegalStateException; the service's log has the cause"));
        assertThat(log.records()).singleElement().satisfies(message -> {
            assertThat(message.getMessage())
                    .contains("topic n.topic, partition 3, offset 42")
                    .doesNotContain(SECRET);
            assertThat(message.getThrown()).hasMessage("no rooms today");
        });
    }

    private static RecordProcessor processor(Function<PushEvent, Publication> publisher) {
        return new RecordProcessor(
                new Routes(Routes.builtIn(RESPONSES, ANALYTICS, LOCATIONS, NOTIFICATIONS)),
                publisher,
                new BroadcastSpans(OpenTelemetry.noop()),
                new RejectionLog(new SettableClock()));
    }

    private Handling handle(String topic, String value) {
        return processor.handle(record(topic, value));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String value) {
        return new ConsumerRecord<>(topic, 3, 42, null, value.getBytes(UTF_8));
    }
}
