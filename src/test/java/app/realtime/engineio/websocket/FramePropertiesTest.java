package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FramePropertiesTest {

    private static final int MAX = 500;

    /** Frames that are mostly what they should be, and sometimes not. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<Integer> firsts = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.of(0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8a)),
                Tuple.of(1, Arbitraries.of(0x88)),
                Tuple.of(1, Arbitraries.integers().between(0, 255)));
        Arbitrary<byte[]> payloads = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> texts =
                Arbitraries.strings().ofMaxLength(60).map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> frame = Combinators.combine(firsts, Arbitraries.oneOf(payloads, texts))
                .as((first, payload) -> new ClientFrames().add(first, payload).bytes());
        return frame.list().ofMaxSize(12).map(FramePropertiesTest::join);
    }

    private static byte[] join(List<byte[]> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Property
    void isHeardAlikeWhereverTheBytesAreSplit(
            @ForAll("streams") byte[] stream, @ForAll @IntRange(min = 1, max = 300) int pieceSize) {
        assertThat(Heard.of(stream, pieceSize, MAX)).isEqualTo(Heard.of(stream, Math.max(1, stream.length), MAX));
    }

    @Property
    void anyBytesAreHeardOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
        assertThat(Heard.of(bytes, 7, MAX)).isEqualTo(Heard.of(bytes, Math.max(1, bytes.length), MAX));
    }

    @Property
    void textInAnyFragmentsIsHeardAsItWas(@ForAll String text, @ForAll @IntRange(min = 1, max = 40) int fragment) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String sent = new String(bytes, StandardCharsets.UTF_8);
        ClientFrames frames = new ClientFrames();
        int opcode = Opcode.TEXT;
        for (int at = 0; at < bytes.length; at += fragment) {
            frames.add(opcode, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + fragment)));
            opcode = Opcode.CONTINUATION;
        }
        frames.add(ClientFrames.FINAL | opcode, new byte[0]);
        assertThat(Heard.of(frames.bytes(), 11, 10_000)).containsExactly("text " + sent);
    }
}
