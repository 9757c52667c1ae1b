package app.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class PacketDecoderTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%s}";

    private final PacketDecoder decoder = new PacketDecoder();

    private Packet decode(String text) throws ProtocolException {
        return decoder.add(text).orElseThrow();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable decoding) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(decoding);
    }

    @Test
    void readsConnections() throws Exception {
        assertThat(decode("0")).isEqualTo(new Packet.Connect("/", Optional.empty()));
        assertThat(decode("0/admin,")).isEqualTo(new Packet.Connect("/admin", Optional.empty()));
        assertThat(decode("0/admin")).isEqualTo(new Packet.Connect("/admin", Optional.empty()));
        JsonNode auth = JSON.objectNode().put("token", "123");
        assertThat(decode("0/admin,{\"token\":\"123\"}")).isEqualTo(new Packet.Connect("/admin", Optional.of(auth)));
    }

    @Test
    void readsDisconnections() throws Exception {
        assertThat(decode("1")).isEqualTo(new Packet.Disconnect("/"));
        assertThat(decode("1/admin,")).isEqualTo(new Packet.Disconnect("/admin"));
    }

    @Test
    void readsEventsAndAcknowledgements() throws Exception {
        assertThat(decode("2[\"foo\"]")).isEqualTo(new Packet.Event("/", OptionalLong.empty(), "foo", List.of()));
        assertThat(decode("2/admin,12[\"foo\",null,{}]"))
                .isEqualTo(new Packet.Event(
                        "/admin", OptionalLong.of(12), "foo", List.of(JSON.nullNode(), JSON.objectNode())));
        assertThat(decode("312[]")).isEqualTo(new Packet.Ack("/", 12, List.of()));
        assertThat(decode("3/admin,13[\"bar\"]"))
                .isEqualTo(new Packet.Ack("/admin", 13, List.of(JSON.stringNode("bar"))));
    }

    @Test
    void putsAttachmentsBackWhereTheyBelong() throws Exception {
        assertThat(decoder.add(
                        "52-/a,7[\"e\",{\"b\":[%s]},%s]".formatted(PLACEHOLDER.formatted(1), PLACEHOLDER.formatted(0))))
                .isEmpty();
        assertThat(decoder.add(new byte[] {1})).isEmpty();
        Packet.Event event = (Packet.Event) decoder.add(new byte[] {2, 3}).orElseThrow();
        assertThat(event.namespace()).isEqualTo("/a");
        assertThat(event.ackId()).hasValue(7);
        assertThat(event.args().get(0).at("/b/0").binaryValue()).containsExactly(2, 3);
        assertThat(event.args().get(1).binaryValue()).containsExactly(1);
        assertThat(decode("2[\"next\"]")).isInstanceOf(Packet.Event.class);
    }

    @Test
    void readsBinaryAcknowledgements() throws Exception {
        decoder.add("61-15[%s]".formatted(PLACEHOLDER.formatted(0)));
        Packet.Ack ack = (Packet.Ack) decoder.add(new byte[] {5}).orElseThrow();
        assertThat(ack.ackId()).isEqualTo(15);
        assertThat(ack.args().get(0).binaryValue()).containsExactly(5);
    }

    @Test
    void takesPlaceholdersOfPlainEventsForData() throws Exception {
        Packet.Event event = (Packet.Event) decode("2[\"e\",%s]".formatted(PLACEHOLDER.formatted(0)));
        assertThat(event.args().get(0).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"50-[\"e\",1]", "500-[\"e\"]", "60-1[]"})
    void refusesABinaryPacketThatAnnouncesNothing(String text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decode(text))
                .extracting(ProtocolException::violation)
                .isEqualTo(Violation.ILLEGAL_ATTACHMENTS);
    }

    @Test
    void takesTheLastOfTwoMembersWithOneName() throws Exception {
        Packet.Event event = (Packet.Event) decode("2[\"e\",{\"a\":1,\"a\":2}]");
        assertThat(event.args().get(0)).isEqualTo(JSON.objectNode().put("a", 2));
    }

    @Test
    void takesANumberForANameAsJavaScriptWritesIt() throws Exception {
        assertThat(name("2[1]")).isEqualTo("1");
        assertThat(name("2[1.0]")).isEqualTo("1");
        assertThat(name("2[-1e3]")).isEqualTo("-1000");
        assertThat(name("2[0.5,1]")).isEqualTo("0.5");
    }

    private String name(String text) throws ProtocolException {
        return ((Packet.Event) decode(text)).name();
    }

    @Test
    void tellsPacketsThatSayNothingFromThoseThatViolateTheProtocol() throws Exception {
        for (String event : List.of("2", "2/a", "2/a,", "212")) {
            assertThat(decode(event))
                    .isInstanceOfSatisfying(
                            Packet.Meaningless.class,
                            packet -> assertThat(packet.violation()).isEqualTo(Violation.EVENT_WITHOUT_PAYLOAD));
        }
        for (String ack : List.of("3", "3[]", "3/a,[1]")) {
            assertThat(decode(ack))
                    .isInstanceOfSatisfying(
                            Packet.Meaningless.class,
                            packet -> assertThat(packet.violation()).isEqualTo(Violation.ACK_WITHOUT_ID));
        }
        assertThat(decoder.add("51-")).isEmpty();
        assertThat(decoder.add(new byte[1])).containsInstanceOf(Packet.Meaningless.class);
    }

    @Test
    void readsAnAcknowledgementOfNothing() throws Exception {
        assertThat(decode("312")).isEqualTo(new Packet.Ack("/", 12, List.of()));
    }

    @Test
    void readsConnectErrorsForTheConnectionToJudge() throws Exception {
        assertThat(decode("4/a,{\"message\":\"no\"}")).isInstanceOf(Packet.ConnectError.class);
        assertThat(decode("4\"no\"")).isEqualTo(new Packet.ConnectError("/", JSON.stringNode("no")));
        assertThat(decode("4")).isEqualTo(new Packet.ConnectError("/", JSON.nullNode()));
    }

    @Test
    void takesLeadingZerosInTheNumberOfAttachments() throws Exception {
        assertThat(decoder.add("50001-[\"a\"]")).isEmpty();
        assertThat(decoder.add(new byte[1])).isPresent();
    }

    @Test
    void takesALongQueryBehindANamespace() throws Exception {
        String namespace = "/custom?token=" + "t".repeat(2000);
        assertThat(decode("0" + namespace + ",")).isEqualTo(new Packet.Connect(namespace, Optional.empty()));
        assertViolation(Violation.NAMESPACE_TOO_LONG, "0/custom?token=" + "t".repeat(9000));
        assertViolation(Violation.NAMESPACE_TOO_LONG, "0/" + "a".repeat(300) + "?b");
    }

    private void assertViolation(Violation violation, String text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> new PacketDecoder().add(text))
                .satisfies(refused -> assertThat(refused.violation()).isEqualTo(violation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                  | UNKNOWN_PACKET_TYPE",
                "7                   | UNKNOWN_PACKET_TYPE",
                "4abc                | INVALID_JSON",
                "51[\"a\"]            | ILLEGAL_ATTACHMENTS",
                "511-[\"a\"]          | TOO_MANY_ATTACHMENTS",
                "5999999999999-[]    | TOO_MANY_ATTACHMENTS",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}] | UNKNOWN_PLACEHOLDER",
                "2[                  | INVALID_JSON",
                "2{}                 | INVALID_PAYLOAD",
                "2[]                 | INVALID_PAYLOAD",
                "2[true]             | INVALID_PAYLOAD",
                "0[]                 | INVALID_PAYLOAD",
                "1{}                 | INVALID_PAYLOAD",
                "4[]                 | INVALID_PAYLOAD",
                "312{}               | INVALID_PAYLOAD",
                "2[\"connect\"]       | RESERVED_EVENT_NAME",
                "21234567890123456[] | ACK_ID_TOO_LONG"
            })
    void namesEachKindOfViolation(String text, Violation violation) {
        assertViolation(violation, text);
    }

    @Test
    void namesTheViolationsOfItsBounds() throws Exception {
        assertViolation(Violation.TOO_DEEP, "2[\"a\"," + "[".repeat(65));
        assertViolation(Violation.TOO_DEEP, "2[\"a\",\"[[\\\"[[\"," + "{\"a\":".repeat(65));
        assertViolation(Violation.TOO_LONG, "2[\"a\"," + "1".repeat(1_000) + "]");
        assertViolation(Violation.NAMESPACE_TOO_LONG, "0/" + "a".repeat(256));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.add(new byte[1]))
                .satisfies(refused -> assertThat(refused.violation()).isEqualTo(Violation.UNANNOUNCED_ATTACHMENT));
        decoder.add("51-[\"a\"]");
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.add("2[\"a\"]"))
                .satisfies(refused -> assertThat(refused.violation()).isEqualTo(Violation.TEXT_FOR_ATTACHMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "9",
                "999",
                "a",
                " 2[\"a\"]",
                "/",
                ",",
                // payloads of the wrong kind
                "0[]",
                "0\"a\"",
                "0null",
                "0/admin,\"invalid\"",
                "0{",
                "1{}",
                "1/admin,{}",
                "1null",
                "2{}",
                "2null",
                "2\"a\"",
                "2[]",
                "2[true]",
                "2[null,\"bar\"]",
                "2[{\"toString\":\"foo\"}]",
                "2[[\"a\"]]",
                "312{}",
                "312null",
                "442[\"some\",\"data\"",
                // names that are not the application's
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\",\"123\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                // not one JSON value
                "2[\"a\"",
                "2[\"a\"]]",
                "2[\"a\"] x",
                "2[\"a\"][\"b\"]",
                "2['a']",
                "2[\"a\",]",
                "2[\"a\",NaN]",
                "2[\"a\",01]",
                "2[\"a\",\"\u0001\"]",
                "2[\"\\x\"]",
                "2[\"a\",//c\n1]",
                // ids
                "2-1[\"a\"]",
                "21.5[\"a\"]",
                "21e3[\"a\"]",
                "2+1[\"a\"]",
                "21234567890123456[\"a\"]",
                "2\u0661[\"a\"]",
                "2 1[\"a\"]",
                // attachments
                "5",
                "51",
                "5-",
                "5-[\"a\"]",
                "5a-[\"a\"]",
                "51.23-[\"a\"]",
                "5-1-[\"a\"]",
                "5[\"a\"]",
                "511-[\"a\"]",
                "5999999999999-[\"a\"]",
                "51-{}",
                "51-[]",
                "50-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "51-[{\"_placeholder\":true,\"num\":0}]",
            })
    void refusesWhatIsNoPacket(String text) {
        assertRefused(() -> decoder.add(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1",
                "2147483648",
                "4294967296",
                "99999999999999999999",
                "0.5",
                "1e0",
                "1e-1",
                "1e99",
                "1e999999999",
                "\"0\"",
                "\"splice\"",
                "null",
                "true",
                "[0]",
                "{}"
            })
    void refusesAPlaceholderThatNamesNoAttachment(String number) {
        assertRefused(() -> decoder.add("51-[\"a\",%s]".formatted(PLACEHOLDER.formatted(number))));
        assertRefused(() -> new PacketDecoder().add("51-[\"a\",{\"_placeholder\":true}]"));
    }

    @Test
    void refusesTextWhereBytesAreDueAndBytesThatNobodyAnnounced() throws Exception {
        assertRefused(() -> decoder.add(new byte[1]));
        decoder.add("51-[\"a\",%s]".formatted(PLACEHOLDER.formatted(0)));
        assertRefused(() -> decoder.add("2[\"b\"]"));
    }

    @Test
    void takesTenAttachmentsAndNoMore() throws Exception {
        assertThat(decoder.add("510-[\"a\"]")).isEmpty();
        for (int i = 0; i < 9; i++) {
            assertThat(decoder.add(new byte[0])).isEmpty();
        }
        assertThat(decoder.add(new byte[0])).isPresent();
        assertRefused(() -> decoder.add("511-[\"a\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "1e99999999999",
                "1e-99999999999",
                "1E400",
                "0e99999999999"
            })
    void survivesNumbersThatNoMachineHolds(String number) {
        try {
            decoder.add("2[\"a\"," + number + "]")
                    .ifPresent(packet ->
                            assertThat(PacketEncoder.encode(packet).text()).hasSizeLessThan(200));
        } catch (ProtocolException e) {
            assertThat(e).hasMessageNotContaining(number);
        }
        assertRefused(() -> new PacketDecoder().add("2[\"a\"," + "1".repeat(1_000) + "]"));
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() throws Exception {
        assertThat(decode("2[\"a\"," + "[".repeat(60) + "]".repeat(60) + "]")).isNotNull();
        assertRefused(() -> decoder.add("2[\"a\"," + "[".repeat(65) + "]".repeat(65) + "]"));
        assertRefused(() -> decoder.add("2[\"a\"," + "[".repeat(900_000)));
        assertRefused(() -> decoder.add("2[\"a\"," + "{\"a\":".repeat(150_000)));
        assertRefused(() -> decoder.add("51-[\"a\"," + "[".repeat(900_000)));
    }

    @Test
    void takesHalfASurrogatePairAsItCame() throws Exception {
        Packet packet = decode("2[\"a\",\"\\ud83d\"]");
        assertThat(((Packet.Event) packet).args().get(0).stringValue()).isEqualTo("\ud83d");
        assertThat(PacketEncoder.encode(packet).text()).isEqualTo("2[\"a\",\"\\ud83d\"]");
    }

    @Test
    void refusesNamespacesOfAnyLength() throws Exception {
        assertThat(decode("0/" + "a".repeat(255))).isInstanceOf(Packet.Connect.class);
        assertRefused(() -> decoder.add("0/" + "a".repeat(256)));
    }

    @Test
    void takesTimeInProportionToTheText() {
        String many = "2[\"a\"" + ",{\"a\":[1,\"b\"]}".repeat(60_000) + "]";
        String digits = "2" + "1".repeat(900_000);
        String name = "2[\"" + "a".repeat(900_000) + "\"]";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(decoder.add(many)).isPresent();
            assertThat(decoder.add(name)).isPresent();
            assertRefused(() -> decoder.add(digits));
        });
    }
}
