package app.realtime.conformance;

import static app.realtime.conformance.Handshakes.assertOldHandshake;
import static app.realtime.conformance.Handshakes.passPingTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyApplication;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The cases of the official suite of Engine.IO revision 3, by their names and with its time limits, and with the one
 * that it skips. What that suite does not wait for is waited for here.
 */
@DisplayName("Engine.IO protocol, v3 test suite")
@ExtendWith({SharedConformanceServer.class, CaseLog.class})
@Timeout(2)
class EngineIoV3IT {

    private final Endpoint endpoint;

    EngineIoV3IT(LibertyApplication server) {
        endpoint = new Endpoint(server.port(), "/engine.io/", 3);
    }

    /** Opens a session of a client that does not take binary payloads; its id. */
    private String open() {
        return open("&b64=1");
    }

    private String open(String more) {
        String packet = onlyPacket(endpoint.get("EIO=3&transport=polling" + more));
        return Endpoint.handshake(packet).path("sid").asString();
    }

    /** Takes a payload of one packet apart: its length, a colon, the packet. */
    private static String onlyPacket(Answer answer) {
        String payload = answer.text();
        int colon = payload.indexOf(':');
        String packet = payload.substring(colon + 1);
        assertThat(payload.substring(0, Math.max(0, colon))).isEqualTo(Integer.toString(packet.length()));
        return packet;
    }

    @Nested
    @DisplayName("handshake")
    class Handshake {

        @Nested
        @DisplayName("HTTP long-polling")
        class Polling {

            @Test
            @DisplayName("successfully opens a session")
            void opens() {
                Answer answer = endpoint.get("EIO=3&transport=polling");
                assertThat(answer.status()).isEqualTo(200);
                assertOldHandshake(Endpoint.handshake(onlyPacket(answer)), "websocket");
            }

            @Test
            @DisplayName("fails with an invalid 'transport' query parameter")
            void refusesTransports() {
                assertThat(endpoint.get("EIO=3").status()).isEqualTo(400);
                assertThat(endpoint.get("EIO=3&transport=abc").status()).isEqualTo(400);
            }

            @Test
            @DisplayName("fails with an invalid request method")
            void refusesMethods() {
                assertThat(endpoint.send("POST", "EIO=3&transport=polling").status())
                        .isEqualTo(400);
            }
        }

        @Nested
        @DisplayName("WebSocket")
        class WebSocket {

            @Test
            @DisplayName("successfully opens a session")
            void opens() {
                try (Frames frames = endpoint.connect("EIO=3&transport=websocket")) {
                    assertOldHandshake(Endpoint.handshake(frames.text()));
                }
            }

            @Test
            @DisplayName("fails with an invalid 'EIO' query parameter")
            void refusesRevisions() {
                assertThat(endpoint.refusal("transport=websocket")).isEqualTo(400);
                assertThat(endpoint.refusal("EIO=abc&transport=websocket")).isEqualTo(400);
            }

            @Test
            @DisplayName("fails with an invalid 'transport' query parameter")
            void refusesTransports() {
                assertThat(endpoint.refusal("EIO=3")).isEqualTo(400);
                assertThat(endpoint.refusal("EIO=3&transport=abc")).isEqualTo(400);
            }
        }
    }

    @Nested
    @DisplayName("message")
    class Message {

        @Nested
        @DisplayName("HTTP long-polling")
        class Polling {

            @Test
            @DisplayName("sends and receives a payload containing one plain text packet")
            void text() {
                endpoint.assertEchoes(open(), "6:4hello");
            }

            @Test
            @DisplayName("sends and receives a payload containing several plain text packets")
            void texts() {
                endpoint.assertEchoes(open(), "6:4test16:4test26:4test3");
            }

            @Test
            @DisplayName("sends and receives a payload containing plain text and binary packets (base64 encoded)")
            void textAndBase64() {
                endpoint.assertEchoes(open(), "6:4hello10:b4AQIDBA==");
            }

            @Test
            @DisplayName("sends and receives a payload containing plain text and binary packets (binary)")
            void textAndBinary() {
                String sid = open("");
                Answer push = endpoint.push(sid, "6:4hello10:b4AQIDBA==");
                assertThat(push.status()).isEqualTo(200);
                assertThat(push.text()).isEqualTo("ok");
                Answer poll = endpoint.poll(sid);
                assertThat(poll.status()).isEqualTo(200);
                // Each packet: 0 for text or 1 for bytes, the digits of its length, 255; then its type and data.
                assertThat(poll.body())
                        .inHexadecimal()
                        .containsExactly(0, 6, 255, '4', 'h', 'e', 'l', 'l', 'o', 1, 5, 255, 4, 1, 2, 3, 4);
            }

            @Test
            @DisplayName("closes the session upon invalid packet format")
            void invalid() {
                String sid = open();
                assertThat(endpoint.push(sid, "abc").status()).isEqualTo(400);
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
            }

            /** Skipped there, because browsers cannot read the answer; the last status is that of revision 4 here. */
            @Test
            @DisplayName("closes the session upon duplicate poll requests")
            void duplicate() throws InterruptedException {
                String sid = open();
                CompletableFuture<Answer> first = endpoint.pollLater(sid);
                Thread.sleep(5);
                assertThat(endpoint.get(endpoint.query("polling") + "&sid=" + sid + "&t=burst")
                                .status())
                        .isIn(400, 500);
                assertThat(first.join().status()).isEqualTo(200);
                assertThat(first.join().text()).isEqualTo("1:1");
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
            }
        }

        @Nested
        @DisplayName("WebSocket")
        class WebSocket {

            @Test
            @DisplayName("sends and receives a plain text packet")
            void text() {
                try (Frames frames = endpoint.connectAndGreet()) {
                    assertThat(frames.send("4hello").text()).isEqualTo("4hello");
                }
            }

            @Test
            @DisplayName("sends and receives a binary packet")
            void binary() {
                try (Frames frames = endpoint.connectAndGreet()) {
                    assertThat(frames.send(4, 1, 2, 3, 4).bytes()).containsExactly(4, 1, 2, 3, 4);
                }
            }

            @Test
            @DisplayName("closes the session upon invalid packet format")
            void invalid() {
                try (Frames frames = endpoint.connectAndGreet()) {
                    frames.send("abc").awaitClose();
                }
            }
        }
    }

    @Nested
    @DisplayName("heartbeat")
    @Timeout(5)
    class Heartbeat {

        @Nested
        @DisplayName("HTTP long-polling")
        class Polling {

            @Test
            @DisplayName("sends ping/pong packets")
            void pings() {
                String sid = open();
                for (int i = 0; i < 3; i++) {
                    assertThat(endpoint.push(sid, "1:2").status()).isEqualTo(200);
                    Answer poll = endpoint.poll(sid);
                    assertThat(poll.status()).isEqualTo(200);
                    assertThat(poll.text()).isEqualTo("1:3");
                }
            }

            @Test
            @DisplayName("closes the session upon ping timeout")
            void timesOut() throws InterruptedException {
                String sid = open();
                passPingTimeout();
                assertThat(endpoint.push(sid, "1:2").status()).isEqualTo(400);
            }
        }

        @Nested
        @DisplayName("WebSocket")
        class WebSocket {

            @Test
            @DisplayName("sends ping/pong packets")
            void pings() {
                try (Frames frames = endpoint.connectAndGreet()) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(frames.send("2").text()).isEqualTo("3");
                    }
                }
            }

            @Test
            @DisplayName("closes the session upon ping timeout")
            void timesOut() {
                try (Frames frames = endpoint.connect()) {
                    frames.awaitClose();
                }
            }
        }
    }

    @Nested
    @DisplayName("close")
    class Close {

        @Nested
        @DisplayName("HTTP long-polling")
        class Polling {

            @Test
            @DisplayName("forcefully closes the session")
            void closes() {
                String sid = open();
                CompletableFuture<Answer> poll = endpoint.pollLater(sid);
                CompletableFuture<Answer> push = endpoint.pushLater(sid, "1:1");
                CompletableFuture.allOf(poll, push).join();
                assertThat(poll.join().status()).isEqualTo(200);
                assertThat(poll.join().text()).isEqualTo("1:6");
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
            }
        }

        @Nested
        @DisplayName("WebSocket")
        class WebSocket {

            @Test
            @DisplayName("forcefully closes the session")
            void closes() {
                try (Frames frames = endpoint.connectAndGreet()) {
                    frames.send("1").awaitClose();
                }
            }
        }
    }

    @Nested
    @DisplayName("upgrade")
    class Upgrade {

        @Test
        @DisplayName("successfully upgrades from HTTP long-polling to WebSocket")
        void upgrades() {
            String sid = open();
            try (Frames frames = endpoint.probe(sid)) {
                Answer poll = endpoint.poll(sid);
                assertThat(poll.status()).isEqualTo(200);
                assertThat(poll.text()).isEqualTo("1:6");
                assertThat(frames.send("5").send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        @DisplayName("ignores HTTP requests with same sid after upgrade")
        void refusesPolls() {
            String sid = open();
            try (Frames frames = endpoint.probe(sid).send("5")) {
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
                assertThat(frames.send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        @DisplayName("ignores WebSocket connection with same sid after upgrade")
        void refusesWebSockets() {
            String sid = open();
            try (Frames frames = endpoint.probe(sid).send("5")) {
                endpoint.assertNoWebSocketFor(sid);
                assertThat(frames.send("4hello").text()).isEqualTo("4hello");
            }
        }
    }
}
