package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has closed its websocket waits for the server to end the connection, so this must not take long. */
@OnSharedService
class WebSocketCloseIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration LINGERING = Duration.ofSeconds(8);
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

    private final Service service;

    WebSocketCloseIT(Service service) {
        this.service = service;
    }

    private RawFrames webSocket() {
        return RawFrames.open(service.server().port(), PATH);
    }

    /** The last two are codes that Liberty's own websockets hang on, or refuse. */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1001, 1001", "4999, 4999", "5000, 1002", "1005, 1002"})
    void endsTheConnectionOfAPeerThatCloses(int code, int answer) {
        try (RawFrames client = webSocket()) {
            client.send(RawFrames.FINAL | RawFrames.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
            assertThat(client.closeCode()).isEqualTo(answer);
            client.awaitEnd(answer == code ? AT_ONCE : LINGERING);
        }
    }

    @Test
    void endsTheConnectionOfAPeerThatDoesNotAnswerTheClose() {
        try (RawFrames client = webSocket()) {
            client.send(RawFrames.FINAL | RawFrames.TEXT, new byte[] {'1'});
            assertThat(client.closeCode()).isEqualTo(1000);
            client.awaitEnd(LINGERING);
        }
    }
}
