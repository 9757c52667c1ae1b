package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The expected bytes were written by notepack.io 3. */
class MessagePackTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[null,true,false]|93c0c3c2",
                "[0,127,128,255,256,65535,65536,4294967295,4294967296]"
                        + "|99007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000",
                "[-1,-32,-33,-128,-129,-32768,-32769,-2147483649]|98ffe0d0dfd080d1ff7fd18000d2ffff7fffd3ffffffff7fffffff",
                "9007199254740991|cf001fffffffffffff",
                "[1.5,-0.25]|92cb3ff8000000000000cbbfd0000000000000",
                "[\"a\",\"\u00e9\ud83d\ude00\"]|92a161a6c3a9f09f9880",
                "{\"k\":[1,{}]}|81a16b920180",
                "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]|dc0014000102030405060708090a0b0c0d0e0f10111213",
            })
    void writesAndReadsAsTheReference(String json, String hex) throws MalformedMessageException {
        byte[] expected = HexFormat.of().parseHex(hex);
        assertThat(MessagePack.write(MAPPER.readTree(json))).isEqualTo(expected);
        assertThat(MAPPER.writeValueAsString(MessagePack.read(expected)))
                .isEqualTo(MAPPER.writeValueAsString(MAPPER.readTree(json)));
    }

    @Test
    void keepsBytesAndLongTexts() throws MalformedMessageException {
        JsonNode bytes = JsonNodeFactory.instance.binaryNode(new byte[] {1, 2, 3});
        assertThat(MessagePack.write(bytes)).isEqualTo(HexFormat.of().parseHex("c403010203"));
        assertThat(MessagePack.read(MessagePack.write(bytes))).isEqualTo(bytes);
        byte[] text = MessagePack.write(JsonNodeFactory.instance.stringNode("x".repeat(300)));
        assertThat(Arrays.copyOf(text, 3)).isEqualTo(HexFormat.of().parseHex("da012c"));
        assertThat(MessagePack.read(text).stringValue()).hasSize(300);
    }

    @Test
    void readsUndefinedAsNull() throws MalformedMessageException {
        assertThat(MessagePack.read(HexFormat.of().parseHex("d40000")).isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "92", "da7fff61", "ddffffffff", "dfffffffff"})
    void refusesWhatIsNotMessagePack(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> MessagePack.read(bytes)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesToGoTooDeep() {
        byte[] nested = new byte[200];
        Arrays.fill(nested, (byte) 0x91);
        assertThatThrownBy(() -> MessagePack.read(nested)).hasMessageContaining("deeper");
    }
}
