package app.realtime.engineio.websocket;

import static app.realtime.engineio.websocket.ClientFrames.FINAL;
import static app.realtime.engineio.websocket.Opcode.BINARY;
import static app.realtime.engineio.websocket.Opcode.CLOSE;
import static app.realtime.engineio.websocket.Opcode.CONTINUATION;
import static app.realtime.engineio.websocket.Opcode.PING;
import static app.realtime.engineio.websocket.Opcode.PONG;
import static app.realtime.engineio.websocket.Opcode.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int MAX = 1_000;

    private static List<String> heard(ClientFrames frames) {
        byte[] bytes = frames.bytes();
        List<String> whole = Heard.of(bytes, Math.max(1, bytes.length), MAX);
        assertThat(Heard.of(bytes, 1, MAX)).as("byte by byte").isEqualTo(whole);
        return whole;
    }

    private static ClientFrames frames() {
        return new ClientFrames();
    }

    @Test
    void readsTextAndBytes() {
        assertThat(heard(frames().add(FINAL | TEXT, "héllo €")
                        .add(FINAL | TEXT, "")
                        .add(FINAL | BINARY, new byte[] {1, 2})
                        .add(FINAL | BINARY, new byte[0])))
                .containsExactly("text héllo €", "text ", "binary 0102", "binary ");
    }

    @Test
    void readsTheExampleOfTheStandard() {
        // RFC 6455, section 5.7: a single-frame masked text message.
        assertThat(heard(frames().raw(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58)))
                .containsExactly("text Hello");
    }

    @Test
    void putsFragmentsTogetherWithControlFramesBetween() {
        assertThat(heard(frames().add(TEXT, new byte[] {'a', (byte) 0xe2})
                        .add(FINAL | PING, "p")
                        .add(CONTINUATION, new byte[] {(byte) 0x82})
                        .add(FINAL | PONG, "ignored")
                        .add(CONTINUATION, new byte[0])
                        .add(FINAL | CONTINUATION, new byte[] {(byte) 0xac})
                        .add(FINAL | BINARY, new byte[] {1})))
                .containsExactly("ping 70", "text a€", "binary 01");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 127, 999, 1000})
    void readsLengthsInEachForm(int length) {
        byte[] payload = new byte[length];
        String expected = "binary " + HexFormat.of().formatHex(payload);
        byte[] two = ByteBuffer.allocate(2).putShort((short) length).array();
        byte[] eight = ByteBuffer.allocate(8).putLong(length).array();
        assertThat(heard(frames().add(FINAL | BINARY, payload))).containsExactly(expected);
        assertThat(heard(frames().add(FINAL | BINARY, 126, two, payload))).containsExactly(expected);
        assertThat(heard(frames().add(FINAL | BINARY, 127, eight, payload))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "11, a reserved bit of text",
        "c1, a reserved bit, as of a compressed message",
        "a1, another",
        "90, a third",
        "83, unknown",
        "87, unknown",
        "8b, unknown control",
        "8f, unknown control",
        "80, continues nothing",
        "00, continues nothing",
        "08, close in fragments",
        "09, ping in fragments"
    })
    void refusesFramesThatCannotBeByTheirFirstByte(String first, String why) {
        assertThat(heard(frames().raw(Integer.parseInt(first, 16)))).as(why).containsExactly("PROTOCOL");
    }

    /** Each fragment must not cost a copy of all that came before. */
    @Test
    void takesTimeInProportionToTheBytesOfAMessageInFragments() {
        int fragments = 500_000;
        ByteBuffer bytes = ByteBuffer.allocate(fragments * 7);
        for (int i = 0; i < fragments; i++) {
            int end = i == fragments - 1 ? FINAL : 0;
            bytes.put((byte) (end | (i == 0 ? BINARY : CONTINUATION)))
                    .put((byte) 0x81)
                    .putInt(0)
                    .put((byte) 1);
        }
        byte[] message = bytes.array();
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Heard.of(message, message.length, 1_000_000)).hasSize(1));
    }

    @Test
    void refusesAMessageWithinAMessage() {
        assertThat(heard(frames().add(TEXT, "a").add(FINAL | TEXT, "b"))).containsExactly("PROTOCOL");
        assertThat(heard(frames().add(BINARY, new byte[1]).add(BINARY, new byte[1])))
                .containsExactly("PROTOCOL");
    }

    @Test
    void refusesWhatIsNotMaskedBeforeItsPayloadComes() {
        assertThat(heard(frames().raw(FINAL | TEXT, 5))).containsExactly("PROTOCOL");
    }

    @Test
    void refusesAControlFrameOfMoreThan125Bytes() {
        assertThat(heard(frames().add(FINAL | PING, new byte[125]))).hasSize(1).allMatch(e -> e.startsWith("ping"));
        assertThat(heard(frames().raw(FINAL | PING, 0x80 | 126))).containsExactly("PROTOCOL");
        assertThat(heard(frames().raw(FINAL | CLOSE, 0x80 | 127))).containsExactly("PROTOCOL");
    }

    @Test
    void refusesALengthOfMoreThan63Bits() {
        byte[] length = ByteBuffer.allocate(8).putLong(Long.MIN_VALUE).array();
        assertThat(heard(frames().add(FINAL | BINARY, 127, length, new byte[0])))
                .containsExactly("PROTOCOL");
    }

    @ParameterizedTest
    @ValueSource(longs = {MAX + 1, 65_536, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE})
    void refusesWhatIsAnnouncedAsTooLargeBeforeItComes(long length) {
        byte[] eight = ByteBuffer.allocate(8).putLong(length).array();
        assertThat(heard(frames().add(FINAL | TEXT, 127, eight, new byte[0]))).containsExactly("TOO_LARGE");
        assertThat(heard(frames().add(BINARY, 127, eight, new byte[0]))).containsExactly("TOO_LARGE");
    }

    @Test
    void refusesFragmentsThatTogetherAreTooLarge() {
        assertThat(heard(frames().add(TEXT, new byte[600]).add(CONTINUATION, new byte[401])))
                .containsExactly("TOO_LARGE");
        assertThat(heard(frames().add(BINARY, new byte[600]).add(FINAL | CONTINUATION, new byte[400])))
                .hasSize(1)
                .allMatch(event -> event.startsWith("binary"));
    }

    /** A byte of no character, half a surrogate pair, more bytes than the character needs, half a character. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "eda080", "c080", "e282", "f4908080"})
    void refusesTextThatIsNotUtf8(String hex) {
        byte[] text = HexFormat.of().parseHex(hex);
        assertThat(heard(frames().add(FINAL | TEXT, text))).containsExactly("MALFORMED_UTF8");
        assertThat(heard(frames().add(TEXT, "a").add(FINAL | CONTINUATION, text)))
                .containsExactly("MALFORMED_UTF8");
        assertThat(heard(frames().add(FINAL | BINARY, text))).containsExactly("binary " + hex);
    }

    @Test
    void takesTheCharacterThatStandsForWhatCannotBeRead() {
        assertThat(heard(frames().add(FINAL | TEXT, "\ufffd"))).containsExactly("text \ufffd");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1012, 1014, 3000, 4999})
    void readsCloseCodes(int code) {
        assertThat(heard(frames().add(FINAL | CLOSE, close(code, "bye")))).containsExactly("close " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
    void refusesCloseCodesThatNobodyMaySend(int code) {
        assertThat(heard(frames().add(FINAL | CLOSE, close(code, "")))).containsExactly("PROTOCOL");
    }

    @Test
    void readsACloseWithoutACodeAndRefusesHalfOfOneAndAMalformedReason() {
        assertThat(heard(frames().add(FINAL | CLOSE, ""))).containsExactly("close 1005");
        assertThat(heard(frames().add(FINAL | CLOSE, "x"))).containsExactly("PROTOCOL");
        assertThat(heard(frames().add(FINAL | CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff})))
                .containsExactly("MALFORMED_UTF8");
    }

    @Test
    void ignoresWhatComesAfterTheClose() {
        assertThat(heard(frames().add(FINAL | CLOSE, "")
                        .add(FINAL | TEXT, "late")
                        .raw(0xff, 0xff)))
                .containsExactly("close 1005");
    }

    @Test
    void ignoresWhatComesAfterAViolation() throws FrameException {
        Heard heard = new Heard();
        FrameDecoder decoder = new FrameDecoder(MAX, heard);
        assertThatThrownBy(() -> decoder.decode(new byte[] {0x7f}, 0, 1)).isInstanceOf(FrameException.class);
        byte[] text = frames().add(FINAL | TEXT, "late").bytes();
        decoder.decode(text, 0, text.length);
        assertThat(heard)
                .extracting("events")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    private static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }
}
