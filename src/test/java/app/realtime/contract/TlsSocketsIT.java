package app.realtime.contract;

import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO over TLS that Liberty ends: its websockets go by the container's streams. */
class TlsSocketsIT {

    private static final int MANY = 50;

    @TempDir
    private static Path directory;

    private static TlsService tls;

    @BeforeAll
    static void start() throws IOException {
        tls = TlsService.start(directory);
    }

    @AfterAll
    static void stop() {
        tls.close();
        assertThat(ServerLog.trouble(tls.server().logText())).isEmpty();
        assertThat(tls.server()
                        .logText()
                        .lines()
                        .filter(line -> line.contains("Websockets go by the container's streams")))
                .as("how websockets are served, said once")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void servesTheOfficialClient(String transport) {
        String room = "survey:" + unique("tls");
        try (SocketClient client = SocketClient.connect(
                tls.server().uri("/"),
                tls.clients()
                        .trusting()
                        .andThen(SocketClient.transports(transport))
                        .andThen(SocketClient.token(tls.token())))) {
            client.join(room);
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertThat(tls.broadcast(room, "over " + transport)).isEqualTo(1);
            assertThat(client.next("note").path("text").asString()).isEqualTo("over " + transport);
            assertThat(client.transport()).isEqualTo(transport);
        }
    }

    @Test
    void upgradesFromPollingToAWebSocket() {
        try (SocketClient client =
                SocketClient.connect(tls.server().uri("/"), tls.clients().trusting())) {
            Awaitility.await("the upgrade").atMost(Duration.ofSeconds(20)).until(() -> {
                client.ask("ping");
                return client.transport().equals("websocket");
            });
        }
    }

    @Test
    void keepsTheHeartbeatOnWebSockets() {
        try (RawWebSocket lively = tls.clients().webSocket(tls.server().port()).connect("");
                RawWebSocket silent =
                        tls.clients().silentWebSocket(tls.server().port()).connect("")) {
            assertThat(silent.next("2")).isEqualTo("2");
            silent.send("3");
            assertThat(silent.next("2")).isEqualTo("2");
            silent.closeCode();
            assertThat(lively.isClosed()).isFalse();
            lively.send("420[\"ping\"]");
            assertThat(lively.next("430")).contains("\"ok\":true");
        }
    }

    @Test
    void closesWebSocketsFromBothSides() {
        String room = unique("project:tls");
        RawWebSocket leaving = tls.clients().webSocket(tls.server().port()).connect(tls.auth());
        leaving.send("420[\"join_room\",{\"room\":\"" + room + "\"}]").next("430[{\"ok\":true");
        assertThat(tls.broadcast(room, "still here")).isEqualTo(1);
        leaving.close();
        Awaitility.await("the end of a connection that its client broke off")
                .atMost(Duration.ofSeconds(10))
                .until(() -> tls.broadcast(room, "gone") == 0);
        try (RawWebSocket dismissed =
                tls.clients().webSocket(tls.server().port()).connect("")) {
            dismissed.send("1");
            assertThat(dismissed.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void broadcastsToManyWebSockets() {
        String room = unique("survey:many");
        List<RawWebSocket> members = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawWebSocket member =
                        tls.clients().webSocket(tls.server().port()).connect(tls.auth());
                members.add(member);
                member.send("420[\"join_room\",{\"room\":\"" + room + "\"}]").next("430[{\"ok\":true");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(tls.broadcast(room, "number " + i)).isEqualTo(MANY);
            }
            for (RawWebSocket member : members) {
                for (int i = 0; i < 20; i++) {
                    assertThat(member.next("42[\"note\"")).contains("\"number " + i + '"');
                }
            }
        } finally {
            members.forEach(RawWebSocket::close);
        }
    }
}
