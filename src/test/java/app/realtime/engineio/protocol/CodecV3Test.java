package app.realtime.engineio.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the protocol's document, "Payload". */
class CodecV3Test {

    private static final Packet BYTES = new Packet.Binary(new byte[] {1, 2, 3, 4});

    private final Codec codec = Codec.of(Revision.V3, false);
    private final Codec textOnly = Codec.of(Revision.V3, true);

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void tellsTheLengthOfEachPacketInCharacters() {
        Payload payload = codec.encodePayload(List.of(new Packet.Text("hello"), new Packet.Text("\u20ac")));
        assertThat(payload.body()).isEqualTo("6:4hello2:4\u20ac".getBytes(UTF_8));
        assertThat(payload.contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void countsACharacterBeyondTheBasicPlaneTwiceAsJavaScriptDoes() throws Exception {
        List<Packet> packets = List.of(new Packet.Text("\ud83d\ude00"));
        byte[] body = codec.encodePayload(packets).body();
        assertThat(body).isEqualTo("3:4\ud83d\ude00".getBytes(UTF_8));
        assertThat(codec.decodePayload(body, false)).isEqualTo(packets);
    }

    @Test
    void makesThePayloadBinaryWhenThereAreBytesInIt() {
        Payload payload = codec.encodePayload(List.of(new Packet.Text("\u20ac"), BYTES));
        assertThat(payload.body()).isEqualTo(bytes(0, 4, 255, '4', 0xe2, 0x82, 0xac, 1, 5, 255, 4, 1, 2, 3, 4));
        assertThat(payload.contentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void writesBytesAsBase64ForWhoTakesTextAlone() {
        Payload payload = textOnly.encodePayload(List.of(new Packet.Text("hello"), BYTES));
        assertThat(payload.body()).isEqualTo("6:4hello10:b4AQIDBA==".getBytes(UTF_8));
        assertThat(new String(textOnly.encode(BYTES).payload(), UTF_8)).isEqualTo("b4AQIDBA==");
    }

    @Test
    void putsTheTypeBeforeTheBytesOfAFrame() throws Exception {
        assertThat(((Frame.Binary) codec.encode(BYTES)).payload()).containsExactly(4, 1, 2, 3, 4);
        assertThat(((Packet.Binary) codec.decode(bytes(4, 1, 2))).data()).containsExactly(1, 2);
        assertThat(((Packet.Binary) codec.decode("b4AQID")).data()).containsExactly(1, 2, 3);
    }

    @Test
    void readsTextPayloads() throws Exception {
        List<Packet> packets = codec.decodePayload("6:4hello1:210:b4AQIDBA==0:".getBytes(UTF_8), false);
        assertThat(packets).hasSize(3);
        assertThat(packets.subList(0, 2)).containsExactly(new Packet.Text("hello"), new Packet.Ping(""));
        assertThat(((Packet.Binary) packets.get(2)).data()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void readsBinaryPayloads() throws Exception {
        byte[] longText = ("4" + "x".repeat(122)).getBytes(UTF_8);
        byte[] body = new byte[longText.length + 5 + 7];
        System.arraycopy(bytes(0, 1, 2, 3, 255), 0, body, 0, 5);
        System.arraycopy(longText, 0, body, 5, longText.length);
        System.arraycopy(bytes(1, 4, 255, 4, 7, 8, 9), 0, body, 5 + longText.length, 7);
        List<Packet> packets = codec.decodePayload(body, true);
        assertThat(packets.get(0)).isEqualTo(new Packet.Text("x".repeat(122)));
        assertThat(((Packet.Binary) packets.get(1)).data()).containsExactly(7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "6",
                "6:",
                "6:4hell",
                ":4",
                "-1:4",
                "1.5:44",
                "1:4x",
                "1:4 1:4",
                "99999999999999999999:4",
                "1:x",
                "3:b5A",
                "3:b4*"
            })
    void refusesTextPayloadsThatAreNone(String body) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> codec.decodePayload(body.getBytes(UTF_8), false));
    }

    static Stream<byte[]> brokenBinaryPayloads() {
        return Stream.of(
                bytes(0),
                bytes(0, 255),
                bytes(0, 1),
                bytes(0, 2, 255, '4'),
                bytes(2, 1, 255, '4'),
                bytes(0, 10, 255, '4'),
                bytes(0, 0, 255),
                bytes(1, 0, 255),
                bytes(1, 1, 255, 5),
                bytes(0, 3, 255, '4', 0xc0, 0x80),
                bytes(0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, '4'));
    }

    @ParameterizedTest
    @MethodSource("brokenBinaryPayloads")
    void refusesBinaryPayloadsThatAreNone(byte[] body) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decodePayload(body, true));
    }

    @Test
    void refusesFramesOfNoKnownType() {
        for (byte[] frame : List.of(bytes(), bytes(9, 1), bytes('4', 1))) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decode(frame));
        }
        for (String frame : List.of("", "abc", "b", "b5AQ")) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decode(frame));
        }
    }
}
