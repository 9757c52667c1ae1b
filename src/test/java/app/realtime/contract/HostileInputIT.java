package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that only an attacker or a broken client sends: each ends or is refused as by the reference server, and counted. */
@OnSharedService
class HostileInputIT {

    private static final String PATH = "/socket.io/";
    private static final int MAX_PAYLOAD = 1_000_000;

    private final Service service;
    private final HttpApi http;

    HostileInputIT(Service service) {
        this.service = service;
        this.http = service.http();
    }

    static Stream<HostilePacket> packets() {
        return HostilePacket.all();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isDealtWithOnAWebSocket(HostilePacket hostile) {
        double before = refusals(hostile.reason());
        try (RawWebSocket client = service.webSocket()) {
            if (hostile.connected()) {
                client.connect("");
            }
            for (Object packet : hostile.packets()) {
                if (packet instanceof byte[] bytes) {
                    client.send(bytes);
                } else {
                    client.send((String) packet);
                }
            }
            if (hostile.ends()) {
                assertThat(client.closeCode()).isIn(1000, 1005);
            } else {
                assertIsServed(client);
            }
        }
        awaitRefusal(hostile.reason(), before);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isDealtWithByPolling(HostilePacket hostile) {
        double before = refusals(hostile.reason());
        RawPolling client = RawPolling.open(http, PATH);
        if (hostile.connected()) {
            client.connect("");
        }
        Answer answer = http.send(
                "POST",
                client.address(),
                BodyPublishers.ofByteArray(body(hostile.packets())),
                "Content-Type",
                "text/plain;charset=UTF-8");
        if (hostile.ends()) {
            assertThat(answer.status()).isIn(200, 400);
            awaitEnd(client);
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertIsServed(client);
        }
        awaitRefusal(hostile.reason(), before);
    }

    /** As a polling client packs them. */
    private static byte[] body(List<Object> packets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object packet : packets) {
            if (body.size() > 0) {
                body.write(0x1e);
            }
            String text =
                    packet instanceof byte[] bytes ? 'b' + Base64.getEncoder().encodeToString(bytes) : (String) packet;
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return body.toByteArray();
    }

    @Test
    void aMessageOverTheLimitEndsAWebSocketWith1009() {
        double before = refusals("payload_too_large");
        try (RawFrames client = webSocket("")) {
            client.send(RawFrames.FINAL | RawFrames.TEXT, new byte[MAX_PAYLOAD + 1]);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
        awaitRefusal("payload_too_large", before);
    }

    /** Without this a client could fill the memory with a message that never ends. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMessageInFragmentsThatNeverEndEndsAWebSocketWith1009(int operation) {
        byte[] part = "4".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        double before = refusals("payload_too_large");
        try (RawFrames client = webSocket("")) {
            client.send(operation, part);
            try {
                for (int i = 0; i < 30; i++) {
                    client.send(RawFrames.CONTINUATION, part);
                }
            } catch (UncheckedIOException e) {
                assertThat(e).as("ended before all was sent").hasCauseInstanceOf(java.net.SocketException.class);
            }
            assertThat(client.closeCode()).isEqualTo(1009);
        }
        awaitRefusal("payload_too_large", before);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWith413AndTheSessionLives() {
        double before = refusals("payload_too_large");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        Answer answer = client.post("42[\"ping\",\"" + "y".repeat(MAX_PAYLOAD) + "\"]");
        assertThat(answer.status()).isEqualTo(413);
        assertIsServed(client);
        awaitRefusal("payload_too_large", before);
    }

    /** A byte of no character, half a surrogate pair, more bytes than the character needs, and half a character. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "eda080", "c080", "e282"})
    void textThatIsNotUtf8EndsTheSession(String hex) {
        byte[] text = ("42[\"ping\",\""
                        + new String(java.util.HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1) + "\"]")
                .getBytes(StandardCharsets.ISO_8859_1);
        double beforeAll = refusals("malformed_utf8");
        try (RawFrames client = webSocket("")) {
            client.send(RawFrames.FINAL | RawFrames.TEXT, text);
            assertThat(client.closeCode()).isEqualTo(1007);
        }
        awaitRefusal("malformed_utf8", beforeAll);
        double before = refusals("malformed_utf8");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        assertThat(http.send("POST", client.address(), BodyPublishers.ofByteArray(text), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(400);
        awaitEnd(client);
        awaitRefusal("malformed_utf8", before);
    }

    /** Operations that do not exist, a bit that is reserved, a control frame in parts, and one that is too long. */
    @ParameterizedTest
    @CsvSource({"131, 0", "143, 0", "193, 0", "9, 0", "137, 126"})
    void aBrokenFrameEndsAWebSocketWith1002(int first, int length) {
        String reason = "reason=\"transport error\"";
        double errors = service.metric("realtime_sessions_closed_total", reason);
        double before = refusals("websocket_protocol");
        try (RawFrames client = webSocket("")) {
            client.send(first, new byte[length]);
            assertThat(client.closeCode()).isEqualTo(1002);
        }
        awaitRefusal("websocket_protocol", before);
        assertThat(service.metric("realtime_sessions_closed_total", reason)).isGreaterThan(errors);
    }

    @Test
    void bytesThatAreNotBase64EndTheSession() {
        double before = refusals("malformed_base64");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        client.post("b!!!");
        awaitEnd(client);
        awaitRefusal("malformed_base64", before);
    }

    @Test
    void aBinaryBodyOfRevision4EndsTheSession() {
        double before = refusals("binary_body");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        assertThat(http.send(
                                "POST",
                                client.address(),
                                BodyPublishers.ofString("42[\"ping\"]"),
                                "Content-Type",
                                "application/octet-stream")
                        .status())
                .isEqualTo(400);
        awaitEnd(client);
        awaitRefusal("binary_body", before);
    }

    @ParameterizedTest
    @CsvSource({
        "transport=polling, 5, unsupported_version",
        "EIO=2&transport=polling, 5, unsupported_version",
        "EIO=5&transport=polling, 5, unsupported_version",
        "EIO=abc&transport=polling, 5, unsupported_version",
        "EIO=4, 0, unknown_transport",
        "EIO=4&transport=webtransport, 0, unknown_transport",
        "EIO=4&transport=constructor, 0, unknown_transport",
        "EIO=4&transport=polling&j=0, 3, bad_request",
        "EIO=3&transport=polling&j=0, 3, bad_request",
        "EIO=4&transport=websocket, 3, bad_request",
        "EIO=4&transport=polling&sid=guessed, 1, unknown_session",
        "EIO=4&transport=polling&sid=__proto__, 1, unknown_session",
        "EIO=4&transport=polling&sid=%00, 1, unknown_session"
    })
    void aHandshakeThatCannotBeIsRefused(String query, int code, String reason) {
        double before = refusals(reason);
        Answer answer = http.get(PATH + '?' + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asInt(-1)).isEqualTo(code);
        awaitRefusal(reason, before);
    }

    @ParameterizedTest
    @CsvSource({
        "transport=websocket, unsupported_version",
        "EIO=2&transport=websocket, unsupported_version",
        "EIO=abc&transport=websocket, unsupported_version",
        "EIO=4&transport=foo, unknown_transport",
        "EIO=4&transport=websocket&sid=guessed, unknown_session"
    })
    void aWebSocketThatCannotBeIsRefused(String query, String reason) {
        double before = refusals(reason);
        assertThatThrownBy(() -> RawWebSocket.bare(service.server().port(), PATH + '?' + query))
                .hasMessageContaining("WebSocketHandshakeException");
        awaitRefusal(reason, before);
    }

    @Test
    void aWebSocketForASessionThatHasOneIsClosedAndTheFirstGoesOn() {
        try (RawWebSocket first = service.webSocket().connect("")) {
            double before = refusals("second_websocket");
            try (RawFrames second =
                    webSocket("&sid=" + first.handshake().path("sid").asString())) {
                assertThat(second.closeCode()).isIn(1000, 1005);
            }
            awaitRefusal("second_websocket", before);
            assertIsServed(first);
        }
    }

    @Test
    void aSecondWebSocketWhileOneUpgradesIsClosedAndTheFirstTakesOver() {
        RawPolling polling = RawPolling.open(http, PATH).connect("");
        String query = PATH + "?EIO=4&transport=websocket&sid=" + polling.sid();
        try (RawWebSocket first = RawWebSocket.bare(service.server().port(), query)) {
            first.send("2probe");
            assertThat(first.next()).isEqualTo("3probe");
            double before = refusals("second_websocket");
            try (RawFrames second = webSocket("&sid=" + polling.sid())) {
                assertThat(second.closeCode()).isIn(1000, 1005);
            }
            awaitRefusal("second_websocket", before);
            first.send("5");
            assertIsServed(first);
        }
    }

    @Test
    void pollsThatOverlapEndTheSession() throws Exception {
        double before = refusals("overlapping_poll");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        Thread first = new Thread(client::poll);
        first.start();
        Awaitility.await("the second poll is refused")
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.poll().status() == 400);
        first.join(10_000);
        assertThat(first.isAlive()).isFalse();
        awaitEnd(client);
        awaitRefusal("overlapping_poll", before);
    }

    @Test
    void bodiesThatOverlapEndTheSession() throws Exception {
        double before = refusals("overlapping_body");
        RawPolling client = RawPolling.open(http, PATH).connect("");
        try (Socket first =
                new Socket(InetAddress.getLoopbackAddress(), service.server().port())) {
            first.getOutputStream()
                    .write(("POST " + client.address() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                                    + "Content-Length: 10\r\n\r\n42[\"")
                            .getBytes(StandardCharsets.ISO_8859_1));
            Awaitility.await("the second body is refused")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> client.post("3").status() == 400);
        }
        awaitEnd(client);
        awaitRefusal("overlapping_body", before);
    }

    @Test
    void aPingOfAClientThatIsToBePingedEndsTheSession() {
        double before = refusals("heartbeat_direction");
        try (RawWebSocket client = service.webSocket().connect("")) {
            client.send("2");
            client.closeCode();
        }
        awaitRefusal("heartbeat_direction", before);
    }

    @Test
    void lengthsThatDoNotAddUpEndASessionOfRevision3() {
        double before = refusals("malformed_payload");
        String opened = http.get(PATH + "?EIO=3&transport=polling").body();
        String sid = opened.replaceFirst("(?s).*?\"sid\":\"([^\"]+)\".*", "$1");
        Secrets.remember(sid);
        String address = PATH + "?EIO=3&transport=polling&sid=" + sid;
        http.send("POST", address, BodyPublishers.ofString("99:42[\"ping\"]"), "Content-Type", "text/plain");
        Awaitility.await("the session has ended")
                .atMost(Duration.ofSeconds(10))
                .until(() -> http.get(address).status() == 400);
        awaitRefusal("malformed_payload", before);
    }

    /** Each of the ways in which a request can use a session. */
    @Test
    void aSessionIsOfNoUseToAnotherUser() {
        String[] owner = {"Authorization", "Bearer " + service.tokens().user("anna")};
        String[] other = {"Authorization", "Bearer " + service.tokens().user("ben")};
        Answer opened = http.get(PATH + "?EIO=4&transport=polling", owner);
        String sid = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(opened.body().substring(1))
                .path("sid")
                .asString();
        Secrets.remember(sid);
        String address = PATH + "?EIO=4&transport=polling&sid=" + sid;
        assertThat(post(address, "40", owner).status()).isEqualTo(200);
        assertThat(http.get(address, owner).body()).startsWith("40");

        double before = refusals("session_of_another_user");
        for (Answer answer : List.of(post(address, "42[\"ping\"]", other), http.get(address, other))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        }
        String upgrade = RawHttp.get(
                service.server().port(),
                "127.0.0.1",
                address.replace("polling", "websocket"),
                "Host: localhost",
                "Authorization: " + other[1],
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(RawHttp.status(upgrade)).isEqualTo(403);
        assertThat(refusals("session_of_another_user")).isEqualTo(before + 3);

        assertThat(post(address, "42[\"ping\"]", owner).status()).isEqualTo(200);
        assertThat(http.get(address, owner).body()).contains("42[\"pong\"");
    }

    /** Each would cost the heap a histogram of its own if the container's metrics told it apart. */
    @Test
    void methodsThatAClientInventsAreNotRemembered() {
        assertThat(http.send("INVENTED", PATH + "?EIO=4&transport=polling", BodyPublishers.noBody())
                        .status())
                .isEqualTo(400);
        assertThat(service.management().get("/metrics").body()).doesNotContain("INVENTED");
    }

    private Answer post(String address, String body, String... headers) {
        String[] all = {headers[0], headers[1], "Content-Type", "text/plain"};
        return http.send("POST", address, BodyPublishers.ofString(body), all);
    }

    private RawFrames webSocket(String more) {
        return RawFrames.open(service.server().port(), PATH + "?EIO=4&transport=websocket" + more);
    }

    private static void assertIsServed(RawWebSocket client) {
        client.send("42[\"ping\"]");
        assertThat(client.next("42")).startsWith("42[\"pong\"");
    }

    private static void assertIsServed(RawPolling client) {
        assertThat(client.post("42[\"ping\"]").status()).isEqualTo(200);
        assertThat(client.next("42")).startsWith("42[\"pong\"");
    }

    private static void awaitEnd(RawPolling client) {
        Awaitility.await("the session has ended").atMost(Duration.ofSeconds(10)).until(() -> {
            Answer answer = client.post("3");
            return answer.status() == 400 && answer.body().contains("\"code\":1");
        });
    }

    private double refusals(String reason) {
        return service.metric("realtime_refusals_total", "reason=\"" + reason + '"');
    }

    private void awaitRefusal(String reason, double before) {
        Awaitility.await("a refusal is counted as " + reason)
                .atMost(Duration.ofSeconds(5))
                .until(() -> refusals(reason) > before);
    }
}
