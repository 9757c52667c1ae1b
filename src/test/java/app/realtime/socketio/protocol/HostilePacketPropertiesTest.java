package app.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whatever comes in whatever order, a decoder gives packets or a {@link ProtocolException}, soon. */
class HostilePacketPropertiesTest {

    private static final List<String> VALID = List.of(
            "0{\"token\":\"t\"}",
            "1/admin,",
            "21[\"ping\",{\"a\":[1,2.5,null,true,\"\\ud83d\\ude00\"]}]",
            "2/admin,12[\"a\"]",
            "312[\"a\",{\"b\":1}]",
            "51-[\"a\",{\"_placeholder\":true,\"num\":0}]",
            "52-/admin,7[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
            "61-3[{\"_placeholder\":true,\"num\":0}]");

    /** A right packet with a few characters exchanged, left out or put in. */
    @Provide
    Arbitrary<String> nearly() {
        Arbitrary<Character> odd = Arbitraries.oneOf(
                Arbitraries.of(
                        '"', '[', ']', '{', '}', ',', '-', '/', '\\', '0', '9', 'e', '\u0000', '\ud800', '\udc00'),
                Arbitraries.chars().all());
        return Arbitraries.of(VALID)
                .flatMap(valid -> Arbitraries.integers()
                        .between(0, 2)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .flatMap(kinds -> odd.list()
                                .ofSize(kinds.size())
                                .flatMap(characters -> Arbitraries.integers()
                                        .between(0, 1_000)
                                        .list()
                                        .ofSize(kinds.size())
                                        .map(places -> damaged(valid, kinds, characters, places)))));
    }

    private static String damaged(String valid, List<Integer> kinds, List<Character> characters, List<Integer> places) {
        StringBuilder text = new StringBuilder(valid);
        for (int i = 0; i < kinds.size() && text.length() > 0; i++) {
            int at = places.get(i) % text.length();
            switch (kinds.get(i)) {
                case 0 -> text.setCharAt(at, characters.get(i));
                case 1 -> text.insert(at, (char) characters.get(i));
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    @Property(tries = 2_000)
    void nearlyRightPacketsArePacketsOrAProtocolException(@ForAll("nearly") String text) {
        PacketDecoder decoder = new PacketDecoder();
        assertOnlyProtocolException(catchThrowable(() -> {
            Optional<Packet> packet = decoder.add(text);
            for (int i = 0; packet.isEmpty(); i++) {
                assertThat(i).isLessThan(PacketDecoder.MAX_ATTACHMENTS);
                packet = decoder.add(new byte[] {1});
            }
        }));
    }

    /** Texts and bytes in any order: never more attachments are kept than were announced. */
    @Property(tries = 1_000)
    void anyOrderOfMessagesIsPacketsOrAProtocolException(
            @ForAll @Size(max = 30) List<@IntRange(max = 11) Integer> messages) {
        PacketDecoder decoder = new PacketDecoder();
        assertOnlyProtocolException(catchThrowable(() -> {
            for (int message : messages) {
                if (message < VALID.size()) {
                    decoder.add(VALID.get(message));
                } else {
                    decoder.add(new byte[message]);
                }
            }
        }));
    }

    /** Each UTF-16 unit, halves of surrogate pairs among them. */
    @Property(tries = 500)
    void anyStringSurvivesTheWire(@ForAll @Size(max = 20) List<Character> units) throws Exception {
        StringBuilder text = new StringBuilder();
        units.forEach(text::append);
        Packet.Event event = new Packet.Event(
                "/", OptionalLong.of(1), "n" + text, List.of(JsonNodeFactory.instance.stringNode(text.toString())));
        assertThat(new PacketDecoder().add(PacketEncoder.encode(event).text())).contains(event);
    }

    /** Each would cost seconds or gigabytes if it were taken at its word. */
    @Example
    void nothingCostsMoreThanItsLength() {
        List<String> costly = new ArrayList<>(List.of(
                "2[1e999999999]",
                "2[-1e-999999999]",
                "2[1e2147483647]",
                "2[1e-2147483648]",
                "2[\"a\",1e999999999]",
                "2[\"a\",1e99999999999999999999]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1e999999999}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":-1e999999999}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1e-999999999}]",
                "51-[\"a\"" + ",{\"_placeholder\":true,\"num\":0}".repeat(20_000) + "]",
                "2[\"a\"," + "[".repeat(500_000),
                "2[\"a\"," + "{\"a\":".repeat(150_000),
                "51-[\"a\"," + "[".repeat(400_000) + "]".repeat(400_001),
                "0" + "{\"a\":".repeat(150_000),
                "2[\"a\"," + "9".repeat(900_000) + "]",
                "2[\"a\",0." + "9".repeat(900_000) + "]",
                "2" + "9".repeat(900_000),
                "5" + "9".repeat(900_000) + "-[]",
                "2/" + "n".repeat(900_000) + ",[]",
                "2[\"" + "n".repeat(900_000) + "\"]",
                "2[\"a\",\"" + "\\u0000".repeat(150_000) + "\"]",
                "2[\"a\"" + ",0".repeat(400_000) + "]",
                "2[\"a\"" + " ".repeat(900_000) + "]",
                "2[\"a\",{\"" + "k".repeat(900_000) + "\":1}]"));
        StringBuilder members = new StringBuilder("2[\"a\",{");
        for (int i = 0; i < 60_000; i++) {
            members.append("\"k").append(i).append("\":0,");
        }
        costly.add(members + "\"\":0}]");
        // Many names with one hash code.
        StringBuilder equal = new StringBuilder("2[\"a\",{");
        for (int i = 0; i < 1 << 14; i++) {
            equal.append('"');
            for (int bit = 0; bit < 14; bit++) {
                equal.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            equal.append("\":0,");
        }
        costly.add(equal + "\"\":0}]");
        for (String text : costly) {
            String shown = text.substring(0, Math.min(60, text.length()));
            Assertions.assertTimeout(
                    Duration.ofSeconds(2),
                    () -> assertOnlyProtocolException(catchThrowable(() -> {
                        PacketDecoder decoder = new PacketDecoder();
                        if (decoder.add(text).isEmpty()) {
                            decoder.add(new byte[100_000]);
                        }
                    })),
                    shown);
        }
    }

    private static void assertOnlyProtocolException(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ProtocolException.class);
        }
    }
}
