package app.realtime.engineio.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

class CodecV3PropertiesTest {

    private static final String[] PIECES = {
        "1:",
        "6:",
        "4",
        "b4",
        "AQID",
        "=",
        "0",
        "99999999999:",
        ":",
        "2probe",
        "\u0000",
        "\u0001",
        "\u00ff",
        "\u0004",
        "\u00e9",
        "\ud83d\ude00",
        "-1:",
        "2:40"
    };

    /** Any text of Unicode, in and beyond the basic plane: a length counts the units of UTF-16. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 0x7f),
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.integers().between(0x10000, 0x10ffff))
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .list()
                .ofMaxSize(40)
                .map(points -> {
                    StringBuilder text = new StringBuilder();
                    points.forEach(text::appendCodePoint);
                    return text.toString();
                });
    }

    @Provide
    Arbitrary<List<Packet>> payloads() {
        return Arbitraries.<Packet>oneOf(
                        texts().map(text -> new Packet.Text(text)),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(bytes -> new Packet.Binary(bytes)),
                        Arbitraries.of("", "probe").map(data -> new Packet.Ping(data)),
                        Arbitraries.of("", "probe").map(data -> new Packet.Pong(data)),
                        Arbitraries.of(new Packet.Close(), new Packet.Upgrade(), new Packet.Noop()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void anyPacketsSurviveAPayloadInTheirOrder(@ForAll("payloads") List<Packet> packets, @ForAll boolean base64)
            throws Exception {
        Codec codec = Codec.of(Revision.V3, base64);
        Payload payload = codec.encodePayload(packets);
        boolean binary = payload.contentType().equals("application/octet-stream");
        assertThat(binary).isEqualTo(!base64 && packets.stream().anyMatch(Packet.Binary.class::isInstance));
        assertThat(comparable(codec.decodePayload(payload.body(), binary))).isEqualTo(comparable(packets));
    }

    @Property(tries = 300)
    void anyPacketSurvivesAFrame(@ForAll("payloads") List<Packet> packets, @ForAll boolean base64) throws Exception {
        Codec codec = Codec.of(Revision.V3, base64);
        List<Packet> read = new ArrayList<>();
        for (Packet packet : packets) {
            Frame frame = codec.encode(packet);
            read.add(
                    frame instanceof Frame.Binary binary
                            ? codec.decode(binary.payload())
                            : codec.decode(new String(frame.payload(), UTF_8)));
        }
        assertThat(comparable(read)).isEqualTo(comparable(packets));
    }

    @Property(tries = 1_000)
    void anyBytesAreAPayloadOrAProtocolException(@ForAll byte[] body, @ForAll boolean binary) {
        assertPacketsOrProtocolException(body, binary);
    }

    @Property(tries = 1_000)
    void nearlyPayloadsAreAPayloadOrAProtocolException(
            @ForAll List<@IntRange(max = 17) Integer> pieces, @ForAll boolean binary) {
        StringBuilder body = new StringBuilder();
        pieces.forEach(piece -> body.append(PIECES[piece]));
        assertPacketsOrProtocolException(body.toString().getBytes(binary ? ISO_8859_1 : UTF_8), binary);
    }

    /** Right but for one byte, which may be that of a length. */
    @Property(tries = 1_000)
    void payloadsWithOneWrongByteAreAPayloadOrAProtocolException(
            @ForAll("payloads") List<Packet> packets,
            @ForAll int position,
            @ForAll byte wrong,
            @ForAll boolean base64) {
        Payload payload = Codec.of(Revision.V3, base64).encodePayload(packets);
        byte[] body = payload.body().clone();
        body[Math.floorMod(position, body.length)] = wrong;
        assertPacketsOrProtocolException(body, payload.contentType().equals("application/octet-stream"));
    }

    @Property(tries = 500)
    void anyFrameIsAPacketOrAProtocolException(@ForAll String text, @ForAll byte[] bytes) {
        Codec codec = Codec.of(Revision.V3, false);
        assertOnlyProtocolException(catchThrowable(() -> codec.decode(text)));
        assertOnlyProtocolException(catchThrowable(() -> codec.decode(bytes)));
    }

    /** What a body announces takes neither time nor memory: only what is there does. */
    @Example
    void announcedLengthsCostNothing() {
        Codec codec = Codec.of(Revision.V3, false);
        byte[] digits = "9".repeat(1_000_000).getBytes(UTF_8);
        byte[] binaryDigits = new byte[1_000_000];
        byte[] huge = "2147483647:4".getBytes(UTF_8);
        byte[] empty = "0:".repeat(500_000).getBytes(UTF_8);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThatThrownBy(() -> codec.decodePayload(digits, false)).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> codec.decodePayload(binaryDigits, true)).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> codec.decodePayload(huge, false)).isInstanceOf(ProtocolException.class);
            assertOnlyProtocolException(catchThrowable(() -> codec.decodePayload(empty, false)));
        });
    }

    private static void assertPacketsOrProtocolException(byte[] body, boolean binary) {
        Codec codec = Codec.of(Revision.V3, false);
        assertOnlyProtocolException(catchThrowable(() -> assertThat(codec.decodePayload(body, binary))
                .hasSizeLessThanOrEqualTo(body.length)
                .doesNotContainNull()));
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
            all.add(packet instanceof Packet.Binary binary ? new String(binary.data(), ISO_8859_1) : packet);
        }
        return all;
    }
}
