package app.realtime.conformance;

import static app.realtime.conformance.Handshakes.assertHandshake;
import static app.realtime.conformance.Handshakes.passPingTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyApplication;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cases of the official suite of Engine.IO revision 4, by their names and with its time limits. */
@DisplayName("Engine.IO protocol, v4 test suite")
@ExtendWith({SharedConformanceServer.class, CaseLog.class})
@Timeout(2)
class EngineIoV4IT {

    private final Endpoint endpoint;

    EngineIoV4IT(LibertyApplication server) {
        endpoint = new Endpoint(server.port(), "/engine.io/", 4);
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
                Answer answer = endpoint.get("EIO=4&transport=polling");
                assertThat(answer.status()).isEqualTo(200);
                assertHandshake(Endpoint.handshake(answer.text()), "websocket");
            }

            @Test
            @DisplayName("fails with an invalid 'EIO' query parameter")
            void refusesRevisions() {
                assertThat(endpoint.get("transport=polling").status()).isEqualTo(400);
                assertThat(endpoint.get("EIO=abc&transport=polling").status()).isEqualTo(400);
            }

            @Test
            @DisplayName("fails with an invalid 'transport' query parameter")
            void refusesTransports() {
                assertThat(endpoint.get("EIO=4").status()).isEqualTo(400);
                assertThat(endpoint.get("EIO=4&transport=abc").status()).isEqualTo(400);
            }

            @Test
            @DisplayName("fails with an invalid request method")
            void refusesMethods() {
                String query = "EIO=4&transport=polling";
                assertThat(endpoint.send("POST", query).status()).isEqualTo(400);
                assertThat(endpoint.send("PUT", query).status()).isEqualTo(400);
            }
        }

        @Nested
        @DisplayName("WebSocket")
        class WebSocket {

            @Test
            @DisplayName("successfully opens a session")
            void opens() {
                try (Frames frames = endpoint.connect("EIO=4&transport=websocket")) {
                    assertHandshake(Endpoint.handshake(frames.text()));
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
                assertThat(endpoint.refusal("EIO=4")).isEqualTo(400);
                assertThat(endpoint.refusal("EIO=4&transport=abc")).isEqualTo(400);
            }
        }
    }

    @Nested
    @DisplayName("message")
    class Message {

        @Nested
        @DisplayName("HTTP long-polling")
        class Polling {

            private final String sid = endpoint.open();

            @Test
            @DisplayName("sends and receives a payload containing one plain text packet")
            void text() {
                endpoint.assertEchoes(sid, "4hello");
            }

            @Test
            @DisplayName("sends and receives a payload containing several plain text packets")
            void texts() {
                endpoint.assertEchoes(sid, "4test1\u001e4test2\u001e4test3");
            }

            @Test
            @DisplayName("sends and receives a payload containing plain text and binary packets")
            void textAndBinary() {
                endpoint.assertEchoes(sid, "4hello\u001ebAQIDBA==");
            }

            @Test
            @DisplayName("closes the session upon invalid packet format")
            void invalid() {
                assertThat(endpoint.push(sid, "abc").status()).isEqualTo(400);
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
            }

            @Test
            @DisplayName("closes the session upon duplicate poll requests")
            void duplicate() throws InterruptedException {
                CompletableFuture<Answer> first = endpoint.pollLater(sid);
                Thread.sleep(5);
                assertThat(endpoint.get(endpoint.query("polling") + "&sid=" + sid + "&t=burst")
                                .status())
                        .isIn(400, 500);
                assertThat(first.join().status()).isEqualTo(200);
                assertThat(first.join().text()).isEqualTo("1");
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
            }

            @Test
            @DisplayName("closes the session upon cancelled polling request")
            void cancelled() throws InterruptedException {
                CompletableFuture<Answer> poll = endpoint.pollLater(sid);
                Thread.sleep(5);
                poll.cancel(true);
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
                    assertThat(frames.send(1, 2, 3, 4).bytes()).containsExactly(1, 2, 3, 4);
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

            private final String sid = endpoint.open();

            @Test
            @DisplayName("sends ping/pong packets")
            void pings() {
                for (int i = 0; i < 3; i++) {
                    Answer poll = endpoint.poll(sid);
                    assertThat(poll.status()).isEqualTo(200);
                    assertThat(poll.text()).isEqualTo("2");
                    assertThat(endpoint.push(sid, "3").status()).isEqualTo(200);
                }
            }

            @Test
            @DisplayName("closes the session upon ping timeout")
            void timesOut() throws InterruptedException {
                passPingTimeout();
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
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
                        assertThat(frames.text()).isEqualTo("2");
                        frames.send("3");
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
                String sid = endpoint.open();
                CompletableFuture<Answer> poll = endpoint.pollLater(sid);
                CompletableFuture<Answer> push = endpoint.pushLater(sid, "1");
                CompletableFuture.allOf(poll, push).join();
                assertThat(poll.join().status()).isEqualTo(200);
                assertThat(poll.join().text()).isEqualTo("6");
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

        private final String sid = endpoint.open();

        @Test
        @DisplayName("successfully upgrades from HTTP long-polling to WebSocket")
        void upgrades() {
            try (Frames frames = endpoint.probe(sid)) {
                Answer poll = endpoint.poll(sid);
                assertThat(poll.status()).isEqualTo(200);
                assertThat(poll.text()).isEqualTo("6");
                assertThat(frames.send("5").send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        @DisplayName("ignores HTTP requests with same sid after upgrade")
        void refusesPolls() {
            try (Frames frames = endpoint.probe(sid).send("5")) {
                assertThat(endpoint.poll(sid).status()).isEqualTo(400);
                assertThat(frames.send("4hello").text()).isEqualTo("4hello");
            }
        }

        @Test
        @DisplayName("ignores WebSocket connection with same sid after upgrade")
        void refusesWebSockets() {
            try (Frames frames = endpoint.probe(sid).send("5")) {
                endpoint.assertNoWebSocketFor(sid);
                assertThat(frames.send("4hello").text()).isEqualTo("4hello");
            }
        }
    }
}
