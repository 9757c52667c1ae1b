package app.realtime.engineio.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecV4Test {

    private static final Handshake HANDSHAKE = new Handshake(
            "lv_VI97HAXpY6yYWAAAC", List.of("websocket"), Duration.ofSeconds(25), Duration.ofSeconds(20), 1_000_000);

    private final Codec codec = Codec.of(Revision.V4, false);

    @Test
    void writesEachPacketWithTheDigitOfItsType() {
        assertThat(text(codec.encode(new Packet.Close()))).isEqualTo("1");
        assertThat(text(codec.encode(new Packet.Ping("")))).isEqualTo("2");
        assertThat(text(codec.encode(new Packet.Ping("probe")))).isEqualTo("2probe");
        assertThat(text(codec.encode(new Packet.Pong("probe")))).isEqualTo("3probe");
        assertThat(text(codec.encode(new Packet.Text("hello")))).isEqualTo("4hello");
        assertThat(text(codec.encode(new Packet.Text("")))).isEqualTo("4");
        assertThat(text(codec.encode(new Packet.Upgrade()))).isEqualTo("5");
        assertThat(text(codec.encode(new Packet.Noop()))).isEqualTo("6");
    }

    @Test
    void writesTheHandshakeAsTheProtocolDescribesIt() {
        assertThat(codec.encode(new Packet.Open(HANDSHAKE)))
                .extracting(CodecV4Test::text)
                .isEqualTo("0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        Handshake withoutUpgrades = new Handshake("a", List.of(), Duration.ofMillis(1), Duration.ofMillis(2), 3);
        assertThat(text(codec.encode(new Packet.Open(withoutUpgrades)))).contains("\"upgrades\":[]");
    }

    private static String text(Frame frame) {
        return new String(((Frame.Text) frame).payload(), UTF_8);
    }

    @Test
    void writesBytesAsTheyAreOrAsBase64ForWhoCannotTakeThem() {
        byte[] bytes = {1, 2, 3, 4};
        assertThat(((Frame.Binary) codec.encode(new Packet.Binary(bytes))).payload())
                .isSameAs(bytes);
        assertThat(text(Codec.of(Revision.V4, true).encode(new Packet.Binary(bytes))))
                .isEqualTo("bAQIDBA==");
    }

    @Test
    void refusesABinaryBody() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> codec.decodePayload("4a".getBytes(UTF_8), true))
                .extracting(ProtocolException::violation)
                .isEqualTo(Violation.BINARY_BODY);
    }

    @Test
    void keepsTheSessionIdOutOfWhatMayBeLogged() {
        assertThat(new Packet.Open(HANDSHAKE).toString()).doesNotContain("lv_VI97HAXpY6yYWAAAC");
    }

    @Test
    void readsEachFrame() throws Exception {
        assertThat(codec.decode("1")).isEqualTo(new Packet.Close());
        assertThat(codec.decode("2probe")).isEqualTo(new Packet.Ping("probe"));
        assertThat(codec.decode("3")).isEqualTo(new Packet.Pong(""));
        assertThat(codec.decode("4hello")).isEqualTo(new Packet.Text("hello"));
        assertThat(codec.decode("5")).isEqualTo(new Packet.Upgrade());
        assertThat(codec.decode("6")).isEqualTo(new Packet.Noop());
        assertThat(((Packet.Binary) codec.decode("bAQID")).data()).containsExactly(1, 2, 3);
        byte[] bytes = {1, 2, 3, 4};
        assertThat(((Packet.Binary) codec.decode(bytes)).data()).isSameAs(bytes);
    }

    /** As the reference server does: a client has nothing to open. */
    @Test
    void takesAHandshakeFromAClientForNothing() throws Exception {
        assertThat(codec.decode("0{}")).isEqualTo(new Packet.Noop());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9", "abc", " 4a", "b*", "\ufeff4a"})
    void refusesFramesOfNoKnownType(String frame) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decode(frame));
    }

    @Test
    void joinsThePacketsOfAPayloadWithRecordSeparators() {
        Payload payload =
                codec.encodePayload(List.of(new Packet.Text("hello"), new Packet.Ping(""), new Packet.Text("world")));
        assertThat(payload.body()).isEqualTo("4hello\u001e2\u001e4world".getBytes(UTF_8));
        assertThat(payload.contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void writesBytesInAPayloadAsBase64() {
        Packet bytes = new Packet.Binary(new byte[] {1, 2, 3, 4});
        assertThat(codec.encodePayload(List.of(new Packet.Text("hello"), bytes)).body())
                .isEqualTo("4hello\u001ebAQIDBA==".getBytes(UTF_8));
        assertThat(codec.encodePayload(List.of(bytes)).body()).isEqualTo("bAQIDBA==".getBytes(UTF_8));
    }

    @Test
    void readsThePayloadsOfTheProtocolDocument() throws Exception {
        assertThat(codec.decodePayload("4hello\u001e2\u001e4world".getBytes(UTF_8), false))
                .containsExactly(new Packet.Text("hello"), new Packet.Ping(""), new Packet.Text("world"));
        List<Packet> mixed = codec.decodePayload("4hello\u001ebAQIDBA==".getBytes(UTF_8), false);
        assertThat(mixed).hasSize(2).first().isEqualTo(new Packet.Text("hello"));
        assertThat(((Packet.Binary) mixed.get(1)).data()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "b*", "bA", "bAQ=", "4a\u001eX", "abc"
            })
    void refusesPayloadsThatAreNotPackets(String body) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> codec.decodePayload(body.getBytes(UTF_8), false));
    }

    @Test
    void refusesBodiesThatAreNotUtf8() {
        byte[] surrogate = {'4', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] overlong = {'4', (byte) 0xC0, (byte) 0x80};
        byte[] cutOff = {'4', (byte) 0xE2, (byte) 0x82};
        for (byte[] body : new byte[][] {surrogate, overlong, cutOff}) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> codec.decodePayload(body, false))
                    .withMessage("text that is not UTF-8");
        }
    }

    @Test
    void takesTimeInProportionToTheBody() {
        byte[] manyPackets = "4\u001e".repeat(500_000).concat("4").getBytes(UTF_8);
        byte[] manyEmpty = "\u001e".repeat(1_000_000).getBytes(UTF_8);
        byte[] oneLong = "b".concat("A".repeat(1_000_000)).getBytes(UTF_8);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(codec.decodePayload(manyPackets, false)).hasSize(500_001);
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decodePayload(manyEmpty, false));
            assertThat(codec.decodePayload(oneLong, false)).hasSize(1);
        });
    }
}
