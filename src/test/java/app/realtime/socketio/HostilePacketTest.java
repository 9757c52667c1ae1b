package app.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.socketio.TestServer.TestClient;
import app.realtime.socketio.protocol.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may not send, and what becomes of it. */
class HostilePacketTest extends OnTestServer {
    @ParameterizedTest
    @ValueSource(strings = {"2[\"a\"]", "312[]", "1", "2/admin,[\"a\"]"})
    void endsAConnectionThatSpeaksBeforeItIsConnected(String packet) {
        TestClient client = server.open();
        client.send(packet);
        await().until(client::isClosed);
        assertThat(server.received).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "2[\"connect\"]", "2[", "4{}", "51-[\"a\",{\"_placeholder\":true,\"num\":7}]", "0"
            })
    void endsTheConnectionOfAProtocolViolatorAloneAndNobodyElses(String packet) {
        TestClient violator = server.connect();
        TestClient other = server.connect();
        violator.send(packet);
        await().until(violator::isClosed);
        assertThat(other.isClosed()).isFalse();
        await().until(() -> server.disconnected.size() == 1);
        assertThat(server.main().adapter().recipients()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7                   | UNKNOWN_PACKET_TYPE",
                "51                  | ILLEGAL_ATTACHMENTS",
                "511-[\"a\"]          | TOO_MANY_ATTACHMENTS",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}] | UNKNOWN_PLACEHOLDER",
                "2[                  | INVALID_JSON",
                "2{}                 | INVALID_PAYLOAD",
                "2[\"disconnect\"]    | RESERVED_EVENT_NAME",
                "21234567890123456[] | ACK_ID_TOO_LONG"
            })
    void endsASessionThatIsNotSocketIo(String packet, Violation violation) {
        TestClient client = server.connect();
        client.send(packet);
        await().until(client::isClosed);
        assertThat(server.refused).containsExactly(violation.metricName());
        assertThat(server.disconnected).containsExactly(DisconnectReason.FORCED_CLOSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0                  | ALREADY_CONNECTED",
                "4{}                | CONNECT_ERROR_FROM_CLIENT",
                "2/nowhere,[\"a\"]   | NOT_CONNECTED",
                "1/nowhere          | NOT_CONNECTED",
                "3/nowhere,1[]      | NOT_CONNECTED"
            })
    void cutsOffWhoSendsAPacketAtTheWrongTime(String packet, Violation violation) {
        TestClient client = server.connect();
        client.send(packet);
        await().until(client::isClosed);
        assertThat(server.refused).containsExactly(violation.metricName());
        assertThat(server.disconnected).containsExactly(DisconnectReason.FORCED_SERVER_CLOSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2       | EVENT_WITHOUT_PAYLOAD",
                "212     | EVENT_WITHOUT_PAYLOAD",
                "3[]     | ACK_WITHOUT_ID",
                "399[]   | UNKNOWN_ACK_ID"
            })
    void ignoresWhatSaysNothing(String packet, Violation violation) {
        TestClient client = server.connect();
        client.send(packet);
        assertThat(server.refused).containsExactly(violation.metricName());
        assertThat(client.isClosed()).isFalse();
        assertThat(server.received).hasValue(0);
    }

    @Test
    void endsASessionThatSendsTextForBytesOrBytesForNothing() throws Exception {
        TestClient one = server.connect();
        one.send("51-[\"a\"]");
        one.send("2[\"b\"]");
        await().until(one::isClosed);
        TestClient two = server.connect();
        two.send(new byte[1]);
        await().until(two::isClosed);
        assertThat(server.refused)
                .containsExactly(
                        Violation.TEXT_FOR_ATTACHMENT.metricName(), Violation.UNANNOUNCED_ATTACHMENT.metricName());
    }
}
