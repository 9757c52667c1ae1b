package app.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PacketPropertiesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] PIECES = {
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "-",
        "/",
        "/a",
        ",",
        "12",
        "[",
        "]",
        "{",
        "}",
        "\"a\"",
        ":",
        "1e999999999",
        "\"_placeholder\"",
        "true",
        "\"num\"",
        "null",
        "\\",
        "\"",
        "{\"_placeholder\":true,\"num\":0}",
        "[\"a\",",
        "51-"
    };

    private static Arbitrary<JsonNode> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(text -> (JsonNode) JSON.stringNode(text)),
                Arbitraries.integers().map(number -> (JsonNode) JSON.numberNode(number)),
                Arbitraries.of(true, false).map(value -> (JsonNode) JSON.booleanNode(value)),
                Arbitraries.just((JsonNode) JSON.nullNode()));
    }

    private static Arbitrary<JsonNode> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(value -> (JsonNode) JSON.binaryNode(value));
    }

    private static Arbitrary<JsonNode> trees(int depth) {
        if (depth == 0) {
            return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, leaves()), net.jqwik.api.Tuple.of(1, bytes()));
        }
        Arbitrary<JsonNode> child = trees(depth - 1);
        Arbitrary<JsonNode> arrays = child.list().ofMaxSize(3).map(children -> {
            ArrayNode array = JSON.arrayNode();
            array.addAll(children);
            return array;
        });
        Arbitrary<JsonNode> objects = Arbitraries.maps(
                        Arbitraries.strings().alpha().ofMaxLength(5), child)
                .ofMaxSize(3)
                .map(members -> {
                    ObjectNode object = JSON.objectNode();
                    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                        object.set(member.getKey(), member.getValue());
                    }
                    return object;
                });
        return Arbitraries.oneOf(child, arrays, objects);
    }

    private static int countOfBytes(JsonNode node) {
        int count = node.isBinary() ? 1 : 0;
        for (JsonNode child : node) {
            count += countOfBytes(child);
        }
        return count;
    }

    @Provide
    Arbitrary<Packet> packets() {
        Arbitrary<String> namespaces = Arbitraries.of("/", "/admin", "/a-b.c", "/a/b");
        Arbitrary<OptionalLong> ids = Arbitraries.oneOf(
                Arbitraries.just(OptionalLong.empty()),
                Arbitraries.longs().between(0, 999_999_999_999_999L).map(OptionalLong::of));
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(10).filter(name -> !EventNames.isReserved(name));
        // The decoder takes ten attachments.
        Arbitrary<List<JsonNode>> args = trees(3).list()
                .ofMaxSize(3)
                .filter(list -> list.stream()
                                .mapToInt(PacketPropertiesTest::countOfBytes)
                                .sum()
                        <= PacketDecoder.MAX_ATTACHMENTS);
        return Arbitraries.oneOf(
                Combinators.combine(namespaces, ids, names, args)
                        .as((namespace, id, name, list) -> new Packet.Event(namespace, id, name, list)),
                Combinators.combine(namespaces, ids, args)
                        .as((namespace, id, list) -> new Packet.Ack(namespace, id.orElse(0), list)),
                namespaces.map(namespace -> new Packet.Connect(namespace, Optional.empty())),
                namespaces.map(namespace -> new Packet.Connect(
                        namespace, Optional.of(JSON.objectNode().put("token", "t")))),
                namespaces.map(namespace -> new Packet.Disconnect(namespace)));
    }

    @Property(tries = 300)
    void anyPacketSurvivesTheWire(@ForAll("packets") Packet packet) throws Exception {
        EncodedPacket encoded = PacketEncoder.encode(packet);
        PacketDecoder decoder = new PacketDecoder();
        Optional<Packet> decoded = decoder.add(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            assertThat(decoded).isEmpty();
            decoded = decoder.add(attachment);
        }
        assertThat(decoded).contains(packet);
    }

    @Property(tries = 300)
    void anyTextIsAPacketOrAProtocolException(@ForAll String text) {
        assertThat(thrownBy(text)).matches(thrown -> thrown == null || thrown instanceof ProtocolException);
    }

    @Property(tries = 1_000)
    void nearlyPacketsArePacketsOrAProtocolException(@ForAll List<@IntRange(max = 27) Integer> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(PIECES[piece]));
        for (String prefix : List.of("", "2[\"a\",", "51-[\"a\",")) {
            assertThat(thrownBy(prefix + text))
                    .matches(thrown -> thrown == null || thrown instanceof ProtocolException);
        }
    }

    private static Throwable thrownBy(String text) {
        return catchThrowable(() -> {
            PacketDecoder decoder = new PacketDecoder();
            if (decoder.add(text).isEmpty()) {
                decoder.add(new byte[3]);
            }
        });
    }
}
