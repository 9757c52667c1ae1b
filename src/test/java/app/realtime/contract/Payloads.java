package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What payloads must look like. */
final class Payloads {

    private Payloads() {}

    /** Exactly these fields, and a {@code timestamp} of now. */
    static void assertPayload(JsonNode actual, String expected) {
        assertTimestamp(actual.path("timestamp").asString());
        ObjectNode rest = (ObjectNode) actual.deepCopy();
        rest.remove("timestamp");
        Assertions.assertThat(rest).isEqualTo(JsonMapper.shared().readTree(expected));
    }

    /** ISO-8601, UTC, milliseconds, and not long ago. */
    static void assertTimestamp(String text) {
        assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Duration.between(Instant.parse(text), Instant.now()))
                .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(5));
    }

    /** An id that no other test uses. */
    static String unique(String prefix) {
        return prefix + '-' + UUID.randomUUID().toString().substring(0, 8);
    }
}
