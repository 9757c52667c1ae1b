package app.realtime.conformance;

import static app.realtime.conformance.Handshakes.assertHandshake;
import static app.realtime.conformance.Handshakes.passPingTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyApplication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases of the official suite of Socket.IO protocol 5, by their names and with its time limits. */
@DisplayName("Socket.IO protocol, v5 test suite")
@ExtendWith({SharedConformanceServer.class, CaseLog.class})
@Timeout(2)
class SocketIoV5IT {

    private final Endpoint endpoint;

    SocketIoV5IT(LibertyApplication server) {
        endpoint = new Endpoint(server.port(), "/socket.io/", 4);
    }

    /** A websocket that is connected to the main namespace. */
    private Frames connectSocket() {
        Frames frames = endpoint.connectAndGreet().send("40");
        frames.text(); // the answer
        frames.text(); // the event "auth"
        return frames;
    }

    @Nested
    @DisplayName("Engine.IO protocol")
    class EngineIo {

        @Nested
        @DisplayName("handshake")
        class Handshake {

            @Nested
            @DisplayName("HTTP long-polling")
            class Polling {

                @Test
                @DisplayName("should successfully open a session")
                void opens() {
                    Answer answer = endpoint.get("EIO=4&transport=polling");
                    assertThat(answer.status()).isEqualTo(200);
                    assertHandshake(Endpoint.handshake(answer.text()), "websocket");
                }

                @Test
                @DisplayName("should fail with an invalid 'EIO' query parameter")
                void refusesRevisions() {
                    assertThat(endpoint.get("transport=polling").status()).isEqualTo(400);
                    assertThat(endpoint.get("EIO=abc&transport=polling").status())
                            .isEqualTo(400);
                }

                @Test
                @DisplayName("should fail with an invalid 'transport' query parameter")
                void refusesTransports() {
                    assertThat(endpoint.get("EIO=4").status()).isEqualTo(400);
                    assertThat(endpoint.get("EIO=4&transport=abc").status()).isEqualTo(400);
                }

                @Test
                @DisplayName("should fail with an invalid request method")
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
                @DisplayName("should successfully open a session")
                void opens() {
                    try (Frames frames = endpoint.connect("EIO=4&transport=websocket")) {
                        assertHandshake(Endpoint.handshake(frames.text()));
                    }
                }

                @Test
                @DisplayName("should fail with an invalid 'EIO' query parameter")
                void refusesRevisions() {
                    assertThat(endpoint.refusal("transport=websocket")).isEqualTo(400);
                    assertThat(endpoint.refusal("EIO=abc&transport=websocket")).isEqualTo(400);
                }

                @Test
                @DisplayName("should fail with an invalid 'transport' query parameter")
                void refusesTransports() {
                    assertThat(endpoint.refusal("EIO=4")).isEqualTo(400);
                    assertThat(endpoint.refusal("EIO=4&transport=abc")).isEqualTo(400);
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
                @DisplayName("should send ping/pong packets")
                void pings() {
                    for (int i = 0; i < 3; i++) {
                        Answer poll = endpoint.poll(sid);
                        assertThat(poll.status()).isEqualTo(200);
                        assertThat(poll.text()).isEqualTo("2");
                        assertThat(endpoint.push(sid, "3").status()).isEqualTo(200);
                    }
                }

                @Test
                @DisplayName("should close the session upon ping timeout")
                void timesOut() throws InterruptedException {
                    passPingTimeout();
                    assertThat(endpoint.poll(sid).status()).isEqualTo(400);
                }
            }

            @Nested
            @DisplayName("WebSocket")
            class WebSocket {

                @Test
                @DisplayName("should send ping/pong packets")
                void pings() {
                    try (Frames frames = endpoint.connectAndGreet()) {
                        for (int i = 0; i < 3; i++) {
                            assertThat(frames.text()).isEqualTo("2");
                            frames.send("3");
                        }
                    }
                }

                @Test
                @DisplayName("should close the session upon ping timeout")
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
                @DisplayName("should forcefully close the session")
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
                @DisplayName("should forcefully close the session")
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
            @DisplayName("should successfully upgrade from HTTP long-polling to WebSocket")
            void upgrades() {
                try (Frames frames = endpoint.probe(sid).send("5")) {
                    // The heartbeat goes on there.
                    assertThat(frames.text()).isEqualTo("2");
                }
            }

            @Test
            @DisplayName("should ignore HTTP requests with same sid after upgrade")
            void refusesPolls() {
                try (Frames frames = endpoint.probe(sid).send("5")) {
                    assertThat(endpoint.poll(sid).status()).isEqualTo(400);
                    assertThat(frames.text()).isEqualTo("2");
                }
            }

            @Test
            @DisplayName("should ignore WebSocket connection with same sid after upgrade")
            void refusesWebSockets() {
                try (Frames frames = endpoint.probe(sid).send("5")) {
                    endpoint.assertNoWebSocketFor(sid);
                    assertThat(frames.text()).isEqualTo("2");
                }
            }
        }
    }

    @Nested
    @DisplayName("Socket.IO protocol")
    class SocketIo {

        @Nested
        @DisplayName("connect")
        class Connect {

            private final Frames frames = endpoint.connectAndGreet();

            @AfterEach
            void close() {
                frames.close();
            }

            @Test
            @DisplayName("should allow connection to the main namespace")
            void main() {
                assertConnects("40", "40", "42[\"auth\",{}]");
            }

            @Test
            @DisplayName("should allow connection to the main namespace with a payload")
            void mainWithPayload() {
                assertConnects("40{\"token\":\"123\"}", "40", "42[\"auth\",{\"token\":\"123\"}]");
            }

            @Test
            @DisplayName("should allow connection to a custom namespace")
            void custom() {
                assertConnects("40/custom,", "40/custom,", "42/custom,[\"auth\",{}]");
            }

            @Test
            @DisplayName("should allow connection to a custom namespace with a payload")
            void customWithPayload() {
                assertConnects(
                        "40/custom,{\"token\":\"abc\"}", "40/custom,", "42/custom,[\"auth\",{\"token\":\"abc\"}]");
            }

            @Test
            @DisplayName("should disallow connection to an unknown namespace")
            void unknown() {
                frames.send("40/random");
                assertThat(frames.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            }

            @Test
            @DisplayName("should disallow connection with an invalid handshake")
            void invalid() {
                frames.send("4abc").awaitClose();
            }

            @Test
            @DisplayName("should close the connection if no handshake is received")
            void silent() {
                frames.awaitClose();
            }

            private void assertConnects(String connect, String beginning, String auth) {
                String answer = frames.send(connect).text();
                assertThat(answer).startsWith(beginning);
                JsonNode handshake = JsonMapper.shared().readTree(answer.substring(beginning.length()));
                assertThat(handshake.propertyNames()).containsExactly("sid");
                assertThat(handshake.path("sid").isString()).isTrue();
                assertThat(frames.text()).isEqualTo(auth);
            }
        }

        @Nested
        @DisplayName("disconnect")
        class Disconnect {

            private final Frames frames = connectSocket();

            @AfterEach
            void close() {
                frames.close();
            }

            @Test
            @DisplayName("should disconnect from the main namespace")
            void main() {
                assertThat(frames.send("41").text()).isEqualTo("2");
            }

            @Test
            @DisplayName("should connect then disconnect from a custom namespace")
            void custom() {
                frames.text(); // a ping
                frames.send("40/custom");
                frames.text(); // the answer
                frames.text(); // the event "auth"
                frames.send("41/custom").send("42[\"message\",\"message to main namespace\"]");
                assertThat(frames.text()).isEqualTo("42[\"message-back\",\"message to main namespace\"]");
            }
        }

        @Nested
        @DisplayName("message")
        class Message {

            private final Frames frames = connectSocket();

            @AfterEach
            void close() {
                frames.close();
            }

            @Test
            @DisplayName("should send a plain-text packet")
            void text() {
                frames.send("42[\"message\",1,\"2\",{\"3\":[true]}]");
                assertThat(frames.text()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
            }

            @Test
            @DisplayName("should send a packet with binary attachments")
            void binary() {
                frames.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                        .send(1, 2, 3)
                        .send(4, 5, 6);
                assertAttachmentsBack("452-[\"message-back\","
                        + "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            }

            @Test
            @DisplayName("should send a plain-text packet with an ack")
            void textWithAck() {
                frames.send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
                assertThat(frames.text()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
            }

            @Test
            @DisplayName("should send a packet with binary attachments and an ack")
            void binaryWithAck() {
                frames.send("452-789[\"message-with-ack\","
                                + "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                        .send(1, 2, 3)
                        .send(4, 5, 6);
                assertAttachmentsBack("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            }

            @Test
            @DisplayName("should close the connection upon invalid format (unknown packet type)")
            void unknownType() {
                frames.send("4abc").awaitClose();
            }

            @Test
            @DisplayName("should close the connection upon invalid format (invalid payload format)")
            void invalidPayload() {
                frames.send("42{}").awaitClose();
            }

            @Test
            @DisplayName("should close the connection upon invalid format (invalid ack id)")
            void invalidAckId() {
                frames.send("42abc[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
                        .awaitClose();
            }

            private void assertAttachmentsBack(String head) {
                List<Object> messages = frames.messagesButPings(3);
                assertThat(messages).containsExactly(head, new byte[] {1, 2, 3}, new byte[] {4, 5, 6});
            }
        }
    }
}
