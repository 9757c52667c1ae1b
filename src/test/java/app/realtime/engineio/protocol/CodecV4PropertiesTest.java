package app.realtime.engineio.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CodecV4PropertiesTest {

    private static final char SEPARATOR = '\u001e';

    private final Codec codec = Codec.of(Revision.V4, false);

    /** Any text of Unicode, in and beyond the basic plane. Half a surrogate pair is no text: UTF-8 has no form for it. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> codePoints = Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 0x7f),
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.integers().between(0x10000, 0x10ffff))
                .filter(point -> point < 0xd800 || point > 0xdfff);
        return codePoints.list().ofMaxSize(40).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    @Provide
    Arbitrary<Packet> packets() {
        return Arbitraries.oneOf(
                texts().filter(text -> text.indexOf(SEPARATOR) < 0).map(text -> new Packet.Text(text)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(bytes -> new Packet.Binary(bytes)),
                Arbitraries.of("", "probe").map(data -> new Packet.Ping(data)),
                Arbitraries.of("", "probe").map(data -> new Packet.Pong(data)),
                Arbitraries.of(new Packet.Close(), new Packet.Upgrade(), new Packet.Noop()));
    }

    @Provide
    Arbitrary<List<Packet>> payloads() {
        return packets().list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 300)
    void anyTextSurvivesAFrame(@ForAll("texts") String text) throws Exception {
        assertThat(codec.decode(new String(codec.encode(new Packet.Text(text)).payload(), UTF_8)))
                .isEqualTo(new Packet.Text(text));
    }

    @Property(tries = 300)
    void anyPacketsSurviveAPayloadInTheirOrder(@ForAll("payloads") List<Packet> packets) throws Exception {
        List<Packet> read = codec.decodePayload(codec.encodePayload(packets).body(), false);
        assertThat(comparable(read)).isEqualTo(comparable(packets));
    }

    /** Bytes that look like separators or packets are data all the same. */
    @Property(tries = 300)
    void bytesOfAllKindsSurviveAPayload(@ForAll byte[] before, @ForAll byte[] after) throws Exception {
        byte[] awkward = "4a\u001e4b".getBytes(UTF_8);
        List<Packet> packets = List.of(new Packet.Binary(before), new Packet.Binary(awkward), new Packet.Binary(after));
        assertThat(comparable(codec.decodePayload(codec.encodePayload(packets).body(), false)))
                .isEqualTo(comparable(packets));
    }

    @Property(tries = 300)
    void anyBytesAreAPayloadOrAProtocolException(@ForAll byte[] body) {
        assertOnlyProtocolException(catchThrowable(() -> codec.decodePayload(body, false)));
    }

    @Property(tries = 300)
    void nearlyPayloadsAreAPayloadOrAProtocolException(@ForAll List<@IntRange(min = 0, max = 13) Integer> pieces) {
        String[] parts = {
            "4", "b", "\u001e", "AQID", "=", "probe", "2", "3", "0", "1", "6", "\u00e9", "\ud83d\ude00", "b="
        };
        StringBuilder body = new StringBuilder();
        pieces.forEach(piece -> body.append(parts[piece]));
        assertOnlyProtocolException(
                catchThrowable(() -> codec.decodePayload(body.toString().getBytes(UTF_8), false)));
    }

    @Property(tries = 300)
    void anyStringIsAFrameOrAProtocolException(@ForAll String frame) {
        assertOnlyProtocolException(catchThrowable(() -> codec.decode(frame)));
    }

    private static void assertOnlyProtocolException(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ProtocolException.class);
        }
    }

    /** Records of arrays are compared by identity; lists of their bytes are not. */
    private static List<Object> comparable(List<Packet> packets) {
        List<Object> all = new ArrayList<>();
        for (Packet packet : packets) {
            if (packet instanceof Packet.Binary binary) {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : binary.data()) {
                    bytes.add(b);
                }
                all.add(bytes);
            } else {
                all.add(packet);
            }
        }
        return all;
    }
}
