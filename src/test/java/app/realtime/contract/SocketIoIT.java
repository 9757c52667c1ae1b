package app.realtime.contract;

import static app.realtime.contract.Payloads.unique;
import static app.realtime.contract.SocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Socket.IO as the official client speaks it, and by hand where it would not. */
@OnSharedService
class SocketIoIT {

    private final Service service;

    SocketIoIT(Service service) {
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket", "websocket,polling"})
    void servesTheOfficialClientOnEachTransport(String transports) {
        String user = unique("transport");
        try (SocketClient client = service.client(options -> {
            options.transports = transports.split(",");
            SocketClient.token(service.tokens().user(user)).accept(options);
        })) {
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            service.broadcast("user", "{\"userId\":\"" + user + "\",\"event\":\"hello\",\"data\":\"\uD83D\uDE00 é\"}");
            assertThat(client.next("hello").asString()).isEqualTo("\uD83D\uDE00 é");
            client.join("survey:" + user);
        }
    }

    @Test
    void servesTheOfficialClientWithoutTheTrailingSlash() {
        try (SocketClient client = service.client(options -> options.path = "/socket.io")) {
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
        }
    }

    /** Numbered events go both ways all the time while the client moves from polling to a websocket. */
    @Test
    void losesAndRepeatsNothingDuringTheUpgrade() {
        double upgradesBefore = service.metric("realtime_sessions_upgraded_total");
        for (int round = 0; round < 5; round++) {
            String user = unique("upgrade");
            AtomicBoolean enough = new AtomicBoolean();
            try (SocketClient client =
                    service.client(SocketClient.token(service.tokens().user(user)))) {
                CompletableFuture<Integer> sender = CompletableFuture.supplyAsync(() -> {
                    int sent = 0;
                    while (!enough.get() || sent < 50) {
                        service.broadcast(
                                "user", "{\"userId\":\"%s\",\"event\":\"n\",\"data\":%d}".formatted(user, sent++));
                    }
                    return sent;
                });
                for (int i = 0; i < 50; i++) {
                    JsonNode answer = client.ask("leave_room", object("room", "survey:" + i));
                    assertThat(answer.path("code").asString()).isEqualTo("room_not_joined");
                    assertThat(client.next("error").path("room").asString()).isEqualTo("survey:" + i);
                }
                enough.set(true);
                int sent = sender.join();
                for (int i = 0; i < sent; i++) {
                    assertThat(client.next("n").asInt(-1)).isEqualTo(i);
                }
            }
        }
        // A client of an earlier test may have ended its own upgrade meanwhile.
        assertThat(service.metric("realtime_sessions_upgraded_total")).isGreaterThanOrEqualTo(upgradesBefore + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void takesBinaryArgumentsAtAnyDepth(String transport) {
        try (SocketClient client = service.client(SocketClient.transports(transport))) {
            client.emit("unknown", new byte[] {1, 2, 3}, object("deep", object("deeper", new byte[] {4})));
            client.emit("unknown", new byte[0]);
            assertThat(client.ask("ping", new byte[] {1, 2}).path("ok").asBoolean())
                    .isTrue();
            assertThat(client.ask("join_room", object("room", new byte[] {1}))
                            .path("code")
                            .asString())
                    .isEqualTo("invalid_room");
            assertThat(client.ask("join_room", new byte[] {1}).path("code").asString())
                    .isEqualTo("room_required");
            assertThat(client.ask("authenticate", object("token", new byte[] {1}))
                            .path("code")
                            .asString())
                    .isEqualTo("token_invalid");
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void ignoresEventsThatItDoesNotKnow() {
        try (RawWebSocket client = service.webSocket().connect("")) {
            client.send("42[\"nothing\",{\"a\":1}]");
            client.send("427[\"server_shutdown\"]");
            client.send("42[\"\"]");
            client.send("42[\"ping\"]");
            assertThat(client.next()).startsWith("42[\"pong\"");
        }
    }

    @Test
    void ignoresAnswersThatItDidNotAskFor() {
        try (RawWebSocket client = service.webSocket().connect("")) {
            client.send("431[\"x\"]");
            client.send("42[\"ping\"]");
            assertThat(client.next()).startsWith("42[\"pong\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/nothing"})
    void refusesNamespacesThatItDoesNotHave(String namespace) {
        try (SocketClient client = SocketClient.begin(service.server().uri(namespace), options -> {})) {
            assertThat(client.refusal().path("message").asString()).isEqualTo("Invalid namespace");
        }
        try (RawWebSocket client = service.webSocket()) {
            client.send("40" + namespace + ",{}");
            assertThat(client.next()).isEqualTo("44" + namespace + ",{\"message\":\"Invalid namespace\"}");
            client.connect("");
        }
    }

    @Test
    void endsASessionThatSpeaksBeforeItIsConnected() {
        try (RawWebSocket client = service.webSocket()) {
            client.send("42[\"join_room\",{\"room\":\"global\"}]");
            client.closeCode();
        }
    }

    @Test
    void letsAClientLeaveItsNamespaceAndComeBack() {
        String user = unique("back");
        String auth = "{\"token\":\"" + service.tokens().user(user) + "\"}";
        try (RawWebSocket client = service.webSocket().connect(auth)) {
            client.send("41");
            client.connect(auth);
            assertThat(service.broadcast("user", "{\"userId\":\"" + user + "\",\"event\":\"once\"}")
                            .path("recipients")
                            .asInt())
                    .isEqualTo(1);
            assertThat(client.next()).startsWith("42[\"once\"");
        }
    }

    @Test
    void servesTheBrowserClientOrSaysWhyNot() {
        for (String name : new String[] {
            "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js", "socket.io.js.map"
        }) {
            Answer answer = service.http().get("/socket.io/" + name);
            if (answer.status() == 404) {
                assertThat(answer.json().path("code").asString()).isEqualTo("client_file_missing");
                assertThat(answer.json().path("error").asString()).contains("npm", name);
            } else {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isNotBlank();
                String etag = answer.header("ETag").orElseThrow();
                assertThat(service.http()
                                .get("/socket.io/" + name, "If-None-Match", etag)
                                .status())
                        .isEqualTo(304);
            }
        }
        assertThat(service.http().get("/socket.io/other.js").status()).isEqualTo(404);
    }
}
