package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that servers on Node.js with the sharded adapter have sent. */
class ShardedFixturesTest {

    private static final ShardedCodec HERE = new ShardedCodec("/", "java");

    static List<Recorded> recorded() throws IOException {
        return Recorded.read("sharded");
    }

    /** Sets have no order, the time-out is not told, and a handshake is not kept as it was. */
    private static boolean isExact(Recorded message) {
        return !List.of("without a room", "join", "fetch").contains(message.name())
                && !message.says().path("data").path("opts").path("flags").has("timeout");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void readsMessagesAndWritesTheSameBytes(Recorded message) throws MalformedMessageException {
        ShardedCodec sender = new ShardedCodec("/", message.sender());
        assertThat(sender.read(message.bytes())).as("one's own").isEmpty();
        assertThat(new ShardedCodec("/other", "java").read(message.bytes()))
                .as("another namespace's")
                .isEmpty();
        ClusterMessage read = HERE.read(message.bytes()).orElseThrow();
        byte[] written = sender.write(read);
        if (read instanceof ClusterMessage.Request asked) {
            assertThat(asked.patience()).isPresent();
            assertThat(HERE.read(written)).get().isInstanceOf(ClusterMessage.Request.class);
        } else {
            assertThat(HERE.read(written)).contains(read);
        }
        if (isExact(message)) {
            assertThat(new String(written, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(message.bytes(), StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void whatIsWrittenHasTheFieldsOfTheReference(Recorded message) throws MalformedMessageException {
        ClusterMessage read = HERE.read(message.bytes()).orElseThrow();
        byte[] written = new ShardedCodec("/", message.sender()).write(read);
        JsonNode says = written[0] == '{' ? new JsonMapper().readTree(written) : MessagePack.read(written);
        assertThat(says.propertyNames())
                .containsExactlyElementsOf(message.says().propertyNames());
        assertThat(says.path("data").propertyNames())
                .containsExactlyElementsOf(message.says().path("data").propertyNames());
        assertThat(says.path("type")).isEqualTo(message.says().path("type"));
    }

    @Test
    void thereIsOneOfEachType() throws IOException {
        Set<Integer> types = recorded().stream()
                .map(message -> message.says().path("type").asInt())
                .collect(Collectors.toSet());
        assertThat(types).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }
}
