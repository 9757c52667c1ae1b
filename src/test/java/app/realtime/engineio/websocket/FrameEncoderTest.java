package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.protocol.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameEncoderTest {

    private final Unsent out = new Unsent();

    private byte[] bytes() throws IOException {
        SlowConnection output = new SlowConnection();
        out.sendTo(output);
        return output.sent();
    }

    private String hex() throws IOException {
        return HexFormat.of().formatHex(bytes());
    }

    @Test
    void writesTheExamplesOfTheStandard() throws IOException {
        // RFC 6455, section 5.7.
        FrameEncoder.message(new Frame.Text("Hello".getBytes(StandardCharsets.UTF_8)), out);
        FrameEncoder.pong("Hello".getBytes(StandardCharsets.US_ASCII), out);
        assertThat(hex()).isEqualTo("810548656c6c6f" + "8a0548656c6c6f");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8200",
        "125, 827d",
        "126, 827e007e",
        "256, 827e0100",
        "65535, 827effff",
        "65536, 827f0000000000010000",
        "16777216, 827f0000000001000000"
    })
    void tellsLengthsInTheShortestForm(int length, String header) throws IOException {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) 7);
        FrameEncoder.message(new Frame.Binary(data), out);
        byte[] all = bytes();
        int headerLength = header.length() / 2;
        assertThat(HexFormat.of().formatHex(all, 0, headerLength)).isEqualTo(header);
        assertThat(Arrays.copyOfRange(all, headerLength, all.length)).isEqualTo(data);
    }

    @Test
    void countsTheBytesOfTextNotItsCharacters() throws IOException {
        FrameEncoder.message(new Frame.Text("€".getBytes(StandardCharsets.UTF_8)), out);
        assertThat(hex()).isEqualTo("8103e282ac");
    }

    @Test
    void writesACloseWithACodeOrWithoutOne() throws IOException {
        FrameEncoder.close(1009, out);
        FrameEncoder.close(CloseCode.NONE, out);
        assertThat(hex()).isEqualTo("880203f1" + "8800");
    }
}
