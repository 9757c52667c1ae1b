package app.realtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the suites expect of a handshake. */
final class Handshakes {

    static final int PING_INTERVAL = 300;
    static final int PING_TIMEOUT = 200;
    private static final int MAX_PAYLOAD = 1_000_000;

    private Handshakes() {}

    static void assertHandshake(JsonNode handshake, String... upgrades) {
        assertThat(handshake.propertyNames())
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(handshake.path("maxPayload").asInt()).isEqualTo(MAX_PAYLOAD);
        assertOldHandshake(handshake, upgrades);
    }

    /** In revision 3 the largest payload may be told, or not. */
    static void assertOldHandshake(JsonNode handshake, String... upgrades) {
        assertThat(handshake.path("sid").isString()).isTrue();
        assertThat(handshake.path("upgrades").values())
                .extracting(JsonNode::asString)
                .isEqualTo(List.of(upgrades));
        assertThat(handshake.path("pingInterval").asInt()).isEqualTo(PING_INTERVAL);
        assertThat(handshake.path("pingTimeout").asInt()).isEqualTo(PING_TIMEOUT);
        assertThat(handshake.path("maxPayload").asInt(MAX_PAYLOAD)).isEqualTo(MAX_PAYLOAD);
    }

    /** Lets the time pass in which a client must have given a sign of life. Only the clock can be waited for here. */
    static void passPingTimeout() throws InterruptedException {
        Thread.sleep(PING_INTERVAL + PING_TIMEOUT);
    }
}
