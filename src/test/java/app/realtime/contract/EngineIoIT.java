package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The session layer under Socket.IO: handshakes, transports, and what happens to those who break its rules. */
@OnSharedService
class EngineIoIT {

    private static final int MAX_PAYLOAD = 1_000_000;

    private final Service service;
    private final HttpApi http;

    EngineIoIT(Service service) {
        this.service = service;
        this.http = service.http();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io/", "/socket.io"})
    void opensASessionByPolling(String path) {
        JsonNode handshake = RawPolling.open(http, path).handshake();
        assertThat(handshake.path("sid").asString()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(handshake.path("upgrades").toString()).isEqualTo("[\"websocket\"]");
        assertThat(handshake.path("pingInterval").asInt()).isEqualTo(30_000);
        assertThat(handshake.path("pingTimeout").asInt()).isEqualTo(60_000);
        assertThat(handshake.path("maxPayload").asInt()).isEqualTo(MAX_PAYLOAD);
        assertThat(handshake).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io/", "/socket.io"})
    void opensASessionOnAWebSocket(String path) {
        try (RawWebSocket client = RawWebSocket.open(service.server().port(), path)) {
            assertThat(client.handshake().path("upgrades").toString()).isEqualTo("[]");
            assertThat(client.handshake().path("pingInterval").asInt()).isEqualTo(30_000);
            client.connect("");
        }
    }

    @Test
    void neverGivesTheSecretSessionIdAsThePublicSocketId() {
        try (RawWebSocket client = service.webSocket()) {
            client.send("40");
            assertThat(client.next("40"))
                    .doesNotContain(client.handshake().path("sid").asString());
            assertThat(client.next("42[\"connected\""))
                    .doesNotContain(client.handshake().path("sid").asString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?EIO=4&transport=nothing, 0",
        "GET, ?EIO=4, 0",
        "GET, '', 0",
        "GET, ?EIO=4&transport=polling&sid=unknown, 1",
        "POST, ?EIO=4&transport=polling&sid=unknown, 1",
        "POST, ?EIO=4&transport=polling, 2",
        "PUT, ?EIO=4&transport=polling, 2",
        "GET, ?EIO=4&transport=websocket, 3",
        "GET, ?EIO=9&transport=polling, 5",
        "GET, ?transport=polling, 5"
    })
    void refusesRequestsWithTheReferenceServersCodes(String method, String query, int code) {
        Answer answer = http.send(method, "/socket.io/" + query, BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json().path("code").asInt(-1)).isEqualTo(code);
        assertThat(answer.json().path("message").asString()).isNotBlank();
    }

    @Test
    void refusesPagesOfForeignOriginsOnBothTransports() {
        Answer answer = http.get("/socket.io/?EIO=4&transport=polling", "Origin", "http://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asInt()).isEqualTo(4);
        String upgrade = RawHttp.get(
                service.server().port(),
                "127.0.0.1",
                "/socket.io/?EIO=4&transport=websocket",
                "Host: localhost",
                "Origin: http://evil.example",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(RawHttp.status(upgrade)).isEqualTo(403);
    }

    @Test
    void doesNotUpgradeASessionThatDoesNotExist() {
        assertThatThrownBy(() ->
                        RawWebSocket.bare(service.server().port(), "/socket.io/?EIO=4&transport=websocket&sid=unknown"))
                .hasMessageContaining("WebSocketHandshakeException");
    }

    @Test
    void upgradesOnlyAfterTheProbeAndDeliversEverythingInOrder() {
        RawPolling polling = RawPolling.open(http, "/socket.io/").connect("");
        try (RawWebSocket socket = RawWebSocket.bare(
                service.server().port(), "/socket.io/?EIO=4&transport=websocket&sid=" + polling.sid())) {
            socket.send("2probe");
            assertThat(socket.next()).isEqualTo("3probe");
            socket.send("5");
            socket.send("42[\"ping\"]");
            assertThat(socket.next()).startsWith("42[\"pong\"");
            Awaitility.await("polling is over").atMost(Duration.ofSeconds(10)).until(() -> {
                Answer answer = polling.poll();
                return answer.status() == 400 && answer.json().path("code").asInt() == 3;
            });
            socket.send("420[\"ping\"]");
            assertThat(socket.next()).startsWith("42[\"pong\"");
            assertThat(socket.next()).startsWith("430[{\"ok\":true");
        }
    }

    @Test
    void dropsAWebSocketThatProbesWronglyAndKeepsTheSession() {
        RawPolling polling = RawPolling.open(http, "/socket.io/").connect("");
        try (RawWebSocket socket = RawWebSocket.bare(
                service.server().port(), "/socket.io/?EIO=4&transport=websocket&sid=" + polling.sid())) {
            socket.send("42[\"ping\"]");
            socket.closeCode();
        }
        polling.post("42[\"ping\"]");
        assertThat(polling.next("42")).startsWith("42[\"pong\"");
    }

    @Test
    void takesSeveralPacketsInOneBody() {
        RawPolling polling = RawPolling.open(http, "/socket.io/").connect("");
        Answer answer = polling.post("421[\"ping\"]\u001e422[\"get_rooms\"]\u001e423[\"ping\"]");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(polling.next("431")).contains("\"ok\":true");
        assertThat(polling.next("432")).contains("global");
        assertThat(polling.next("433")).contains("\"ok\":true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "9",
                "42[\"ping\"]\u001e",
                "\u001e",
                "b!!!",
                "2",
                "4",
                "4x",
                "42{}",
                "42[]",
                "42[\"a\"",
                "451-[\"a\"]",
                "45x-[\"a\"]",
                "41/",
                "42[null]",
                "4299999999999999999999[\"a\"]",
                "42[\"connect\"]"
            })
    void endsThePollingSessionOfWhoeverBreaksTheProtocol(String body) {
        RawPolling neighbour = RawPolling.open(http, "/socket.io/").connect("");
        RawPolling violator = RawPolling.open(http, "/socket.io/").connect("");
        violator.post(body);
        Awaitility.await("the session has ended").atMost(Duration.ofSeconds(10)).until(() -> {
            Answer answer = violator.post("42[\"ping\"]");
            return answer.status() == 400 && answer.body().contains("\"code\":1");
        });
        neighbour.post("42[\"ping\"]");
        assertThat(neighbour.next("42")).startsWith("42[\"pong\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "9",
                "2",
                "4",
                "4x",
                "42{}",
                "42[]",
                "42[\"a\"",
                "451-[\"a\"]x",
                "45x-[\"a\"]",
                "42[\"connect\"]"
            })
    void endsTheWebSocketSessionOfWhoeverBreaksTheProtocol(String packet) {
        try (RawWebSocket neighbour = service.webSocket().connect("");
                RawWebSocket violator = service.webSocket().connect("")) {
            violator.send(packet);
            violator.closeCode();
            neighbour.send("42[\"ping\"]");
            assertThat(neighbour.next()).startsWith("42[\"pong\"");
        }
    }

    @Test
    void endsAWebSocketWhoseMessageIsTooLargeWith1009() {
        try (RawWebSocket neighbour = service.webSocket().connect("");
                RawWebSocket text = service.webSocket().connect("");
                RawWebSocket binary = service.webSocket().connect("");
                RawWebSocket parts = service.webSocket().connect("")) {
            text.send("42[\"x\",\"" + "y".repeat(MAX_PAYLOAD + 1) + "\"]");
            assertThat(text.closeCode()).isEqualTo(1009);
            binary.send(new byte[MAX_PAYLOAD + 1]);
            assertThat(binary.closeCode()).isEqualTo(1009);
            parts.sendInParts(new byte[3 * MAX_PAYLOAD], 65_536);
            assertThat(parts.closeCode()).isEqualTo(1009);
            neighbour.send("42[\"ping\"]");
            assertThat(neighbour.next()).startsWith("42[\"pong\"");
        }
    }

    @Test
    void takesAMessageOfAlmostTheLargestSize() {
        try (RawWebSocket client = service.webSocket().connect("")) {
            client.send("42[\"x\",\"" + "y".repeat(MAX_PAYLOAD - 100) + "\"]");
            client.send("42[\"ping\"]");
            assertThat(client.next()).startsWith("42[\"pong\"");
        }
    }

    @Test
    void refusesATooLargePollingBodyWhetherAnnouncedOrChunked() {
        byte[] body = ("42[\"x\",\"" + "y".repeat(MAX_PAYLOAD) + "\"]").getBytes(StandardCharsets.UTF_8);
        RawPolling announced = RawPolling.open(http, "/socket.io/").connect("");
        assertThat(http.send("POST", announced.address(), BodyPublishers.ofByteArray(body))
                        .status())
                .isEqualTo(413);
        RawPolling chunked = RawPolling.open(http, "/socket.io/").connect("");
        assertThat(http.send(
                                "POST",
                                chunked.address(),
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void endsASessionThatPollsTwiceAtOnce() throws Exception {
        RawPolling polling = RawPolling.open(http, "/socket.io/").connect("");
        Thread first = new Thread(polling::poll);
        first.start();
        Awaitility.await("the session has ended").atMost(Duration.ofSeconds(10)).until(() -> {
            Answer second = polling.poll();
            return second.status() == 400;
        });
        first.join(10_000);
        assertThat(first.isAlive()).isFalse();
    }

    /** As the reference server does: an event without payload or with a number for its name, an answer to nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"42", "42[5]", "43", "43[]", "0{}"})
    void passesOverWhatSaysNothing(String packet) {
        try (RawWebSocket client = service.webSocket().connect("")) {
            client.send(packet);
            client.send("42[\"ping\"]");
            assertThat(client.next()).startsWith("42[\"pong\"");
        }
    }

    @Test
    void endsASessionThatSaysGoodbye() {
        RawPolling polling = RawPolling.open(http, "/socket.io/").connect("");
        polling.post("1");
        Answer first = polling.poll();
        // One that was under way is let go; the session is not there for another.
        Answer last = first.body().equals("6") ? polling.poll() : first;
        assertThat(last.json().path("code").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "deflate, deflate", "'', ''"})
    void compressesLongAnswersToPollsForWhoTakesThat(String accepted, String coding) throws Exception {
        String[] headers = accepted.isEmpty() ? new String[0] : new String[] {"Accept-Encoding", accepted};
        RawPolling client = RawPolling.open(http, "/socket.io/").connect("");
        assertThat(http.get(client.address().replace(client.sid(), "unknown"), headers)
                        .header("Content-Encoding"))
                .as("a short answer")
                .isEmpty();
        client.post(String.join("\u001e", Collections.nCopies(40, "42[\"ping\"]")));
        HttpResponse<byte[]> answer = http.bytes(client.address(), headers);
        assertThat(answer.headers().firstValue("Content-Encoding").orElse("")).isEqualTo(coding);
        assertThat(text(answer.body(), coding)).contains("42[\"pong\"");
    }

    private static String text(byte[] body, String coding) throws IOException {
        InputStream raw = new ByteArrayInputStream(body);
        InputStream plain = coding.equals("gzip")
                ? new GZIPInputStream(raw)
                : coding.equals("deflate") ? new InflaterInputStream(raw) : raw;
        return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
}
