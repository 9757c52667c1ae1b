package app.realtime.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private final JsonReader reader = new JsonReader();

    @Test
    void readsAnyKindOfValue() throws Exception {
        assertThat(reader.read(bytes("{\"a\":[1,\"ä\",null,true]}")).toString())
                .isEqualTo("{\"a\":[1,\"ä\",null,true]}");
        assertThat(reader.read(bytes("null")).isNull()).isTrue();
        assertThat(reader.read(bytes(" 7 ")).asInt()).isEqualTo(7);
    }

    @Test
    void keepsTheDigitsOfNumbers() throws Exception {
        String numbers = "[0.10,123456789012345678901234567890,25.20480000000000000001]";
        assertThat(reader.read(bytes(numbers)).toString()).isEqualTo(numbers);
    }

    @Test
    void takesTheLastOfTwoMembersWithOneName() throws Exception {
        assertThat(reader.read(bytes("{\"a\":1,\"a\":2}")).path("a").asInt()).isEqualTo(2);
    }

    @Test
    void saysWhereTheErrorIs() {
        assertThatThrownBy(() -> reader.read(bytes("{\n  \"a\": }")))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageMatching("line 2, column \\d+: not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "[1,",
                "\"open",
                "{\"a\":1} x",
                "{} {}",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "NaN",
                "-Infinity",
                "01",
                "+1",
                "1.",
                ".5",
                "\"\t\"",
                "// c\n1",
                "tru",
                "1e99999999999",
                "\"\\x\"",
                "\u0000",
                "{\"a\" 1}"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(catchThrowable(() -> reader.read(bytes(text)))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void quotesNothingOfTheInput() {
        assertThatThrownBy(() -> reader.read(bytes("{\"token\": geheim}"))).hasMessageNotContaining("geheim");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        byte[] cutOff = {'"', (byte) 0xC3};
        for (byte[] bytes : new byte[][] {overlong, surrogate, cutOff}) {
            assertThatThrownBy(() -> reader.read(bytes)).hasMessage("not valid UTF-8");
        }
        assertThat(catchThrowable(() -> reader.read("{\"a\":1}".getBytes(UTF_16BE))))
                .isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "\\ud83d\\ude00, \ud83d\ude00",
        "\\uD83D, \ufffd",
        "\\uDE00\\uD83D, \ufffd\ufffd",
        "\\ud83d\\ud83d\\ude00, \ufffd\ud83d\ude00",
        "\\\\ud83d, \\ud83d",
        "\\\\\\ud83d, \\\ufffd",
        "\\n\\ud83dx, '\n\ufffdx'"
    })
    void replacesHalfASurrogatePair(String escaped, String expected) throws Exception {
        assertThat(reader.read(bytes('"' + escaped + '"')).asString()).isEqualTo(expected);
    }

    @Test
    void boundsTheNesting() throws Exception {
        assertThat(reader.read(bytes("[".repeat(64) + "]".repeat(64))).isArray())
                .isTrue();
        assertThatThrownBy(() -> reader.read(bytes("[".repeat(65) + "]".repeat(65))))
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> reader.read(bytes("[".repeat(1_000_000)))).hasMessageContaining("deeper than 64");
    }

    @Test
    void boundsTheLengthOfNumbersAndStrings() throws Exception {
        assertThat(reader.read(bytes("1".repeat(100))).isNumber()).isTrue();
        assertThatThrownBy(() -> reader.read(bytes("1".repeat(101)))).hasMessageContaining("over 100 characters");
        assertThatThrownBy(() -> reader.read(bytes('"' + "a".repeat(1024 * 1024 + 1) + '"')))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("a string over");
    }

    @Property
    void answersAnyBytesWithAValueOrAReason(@ForAll byte[] bytes) {
        Throwable thrown = catchThrowable(() -> assertThat(reader.read(bytes)).isNotNull());
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(MalformedJsonException.class);
            assertThat(thrown.getMessage()).isNotBlank();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
