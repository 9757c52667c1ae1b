package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that servers and emitters on Node.js have sent; {@code src/test/js/record-cluster.js} records them. */
class ClassicFixturesTest {

    private static final ClassicCodec HERE = new ClassicCodec("/", "java");

    private static Stream<Recorded> on(String prefix) throws IOException {
        return Recorded.read("classic").stream()
                .filter(message -> message.channel().startsWith(prefix));
    }

    static Stream<Recorded> broadcasts() throws IOException {
        return on("socket.io#");
    }

    static Stream<Recorded> requests() throws IOException {
        return on("socket.io-request#");
    }

    static Stream<Recorded> answers() throws IOException {
        return on("socket.io-response#");
    }

    /** Sets have no order, the emitter orders its options otherwise, and what is undefined is null here. */
    private static boolean isExact(Recorded message) {
        return !List.of("without a room", "join", "emitter", "undefined").contains(message.name());
    }

    @ParameterizedTest
    @MethodSource("broadcasts")
    void readsBroadcastsAndWritesTheSameBytes(Recorded message) throws MalformedMessageException {
        ClusterMessage.Broadcast read =
                (ClusterMessage.Broadcast) HERE.readBroadcast(message.bytes()).orElseThrow();
        assertThat(shown(read)).isEqualTo(message.says().get(1).path("data").toString());
        ClassicCodec sender = new ClassicCodec("/", message.sender());
        assertThat(sender.readBroadcast(message.bytes())).as("one's own").isEmpty();
        assertThat(new ClassicCodec("/other", "java").readBroadcast(message.bytes()))
                .as("another namespace's")
                .isEmpty();
        byte[] written = sender.broadcast(read);
        assertThat(HERE.readBroadcast(written)).contains(read);
        if (isExact(message)) {
            assertThat(written).isEqualTo(message.bytes());
        }
    }

    private static String shown(ClusterMessage.Broadcast read) {
        JsonNode data = new JsonMapper()
                .createArrayNode()
                .add(read.event().name())
                .addAll(read.event().args());
        return data.toString().replaceAll("(\\[)\"(AAH/)\"", "$1{\"\\$bytes\":\"$2\"}");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsRequestsAndWritesTheSame(Recorded message) throws MalformedMessageException {
        ClusterMessage read = HERE.readRequest(message.bytes()).orElseThrow();
        if (message.says().path("type").asInt() == 1) {
            assertThat(read).isInstanceOf(ClusterMessage.Rooms.class);
            return;
        }
        if (read instanceof ClusterMessage.Request ask) {
            assertThat(ask.patience()).isPresent();
            assertThat(new ClassicCodec("/", message.sender()).request(ask))
                    .as("shorter by the time-out, which is not told")
                    .hasSize(message.bytes().length - "_timeout___".length());
            return;
        }
        byte[] written = new ClassicCodec("/", message.sender()).request(read);
        assertThat(HERE.readRequest(written)).contains(read);
        if (isExact(message) && message.says().has("uid")) {
            assertThat(new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(new String(message.bytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsAnswersAndWritesTheSame(Recorded message) throws MalformedMessageException {
        Optional<ClusterMessage.Answer> read = HERE.readAnswer(message.bytes());
        if (message.name().equals("all rooms")) {
            assertThat(read).as("nobody asks for it here").isEmpty();
            return;
        }
        ClusterMessage.Answer answer = read.orElseThrow();
        if (answer instanceof ClusterMessage.Found found) {
            assertThat(found.sockets()).hasSize(1);
            assertThat(found.sockets().get(0).rooms()).containsExactly("r");
            assertThat(found.sockets().get(0).data().path("nick").asString()).isEqualTo("ann");
        } else if (!message.name().endsWith("by nothing")) {
            assertThat(HERE.answer(answer)).isEqualTo(message.bytes());
        }
    }

    @Test
    void hasSomethingOfEachKind() throws IOException {
        assertThat(broadcasts()).hasSizeGreaterThan(6);
        assertThat(requests()).hasSizeGreaterThan(10);
        assertThat(answers()).hasSizeGreaterThan(6);
    }
}
