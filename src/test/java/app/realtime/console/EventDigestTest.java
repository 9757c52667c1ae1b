package app.realtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.events.CustomEvent;
import app.realtime.events.EventSource;
import app.realtime.events.PushEvent;
import app.realtime.events.SurveyorLocation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class EventDigestTest {

    private final EventDigest digest = new EventDigest();

    @Test
    void tellsWhatWentWhereAndFromWhere() throws Exception {
        PushEvent event = SurveyorLocation.from(JsonMapper.shared().readTree("""
                {"surveyorId":"u","surveyId":"s","location":{"latitude":1,"longitude":2}}"""));

        ObjectNode shown = digest.of(event, EventSource.KAFKA, StringNode.valueOf("payload"), 7)
                .orElseThrow();

        assertThat(shown)
                .hasToString("{\"event\":\"surveyor.location\",\"source\":\"kafka\",\"recipients\":7,"
                        + "\"rooms\":[\"survey:s\",\"user:u\"],\"size\":9,\"data\":\"payload\",\"skipped\":0}");
    }

    @Test
    void leavesOutWhatIsTooLargeToLookAt() throws Exception {
        JsonNode large = StringNode.valueOf("x".repeat(EventDigest.MAX_DATA));

        ObjectNode shown = digest.of(event(), EventSource.HTTP, large, 1).orElseThrow();

        assertThat(shown.has("data")).isFalse();
        assertThat(shown.path("size").intValue()).isEqualTo(EventDigest.MAX_DATA + 2);
    }

    @Test
    void showsOnlySoManyInASecondAndCountsTheOthers() throws Exception {
        PushEvent event = event();
        int all = EventDigest.EVENTS_PER_SECOND * 20;

        List<ObjectNode> shown = IntStream.range(0, all)
                .mapToObj(i -> digest.of(event, EventSource.HTTP, StringNode.valueOf(""), 1))
                .flatMap(Optional::stream)
                .toList();

        assertThat(shown).hasSizeGreaterThanOrEqualTo(EventDigest.EVENTS_PER_SECOND);
        assertThat(shown).hasSizeLessThan(all);
        Optional<ObjectNode> next = Optional.empty();
        while (next.isEmpty()) {
            next = digest.of(event, EventSource.HTTP, StringNode.valueOf(""), 1);
        }
        long skipped = shown.stream()
                        .mapToLong(node -> node.path("skipped").longValue())
                        .sum()
                + next.get().path("skipped").longValue();
        assertThat(skipped).isGreaterThanOrEqualTo(all - shown.size());
    }

    private static PushEvent event() throws Exception {
        return CustomEvent.toEverybody(JsonMapper.shared().readTree("{\"event\":\"e\"}"));
    }
}
