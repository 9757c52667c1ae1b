package app.realtime.clients;

import static app.realtime.contract.SocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.Answer;
import app.realtime.contract.HttpApi;
import app.realtime.contract.Inbox;
import app.realtime.contract.SocketClient;
import io.socket.client.IO;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The checks with the Java client; each makes clients of its own and ends them. Owned by one thread. */
final class JavaChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The service starts again in this time, also on a busy machine. */
    private static final Duration RESTART = Duration.ofMinutes(3);

    private static final JsonNode DATA = JsonMapper.shared()
            .readTree("{\"text\":\"\uD83D\uDE00 é \u2028\",\"list\":[1,null,true,1.5],\"timestamp\":\"then\"}");

    private final Target target;
    private final HttpApi http;
    private final Runnable readyForRestart;

    /** @param readyForRestart called when the service may be restarted */
    JavaChecks(Target target, Runnable readyForRestart) {
        this.target = target;
        this.http = new HttpApi(target.uri());
        this.readyForRestart = readyForRestart;
    }

    void run(Check check) {
        switch (check) {
            case CONNECT -> connect();
            case TRANSPORT -> transport();
            case TOKEN -> token();
            case BAD_TOKEN -> badToken();
            case ROOMS -> rooms();
            case MEMBERS_ONLY -> membersOnly();
            case ACKNOWLEDGEMENTS -> acknowledgements();
            case BINARY -> binary();
            case RECONNECT -> reconnect();
        }
    }

    private void connect() {
        try (SocketClient client = client(options -> {})) {
            JsonNode greeting = client.next("connected");
            assertThat(greeting.path("isAnonymous").asBoolean()).isTrue();
            assertThat(texts(greeting.path("rooms"))).containsExactly("global");
            assertThat(greeting.path("socketId").asString()).isEqualTo(client.id());
        }
    }

    private void transport() {
        try (SocketClient client = client(options -> {})) {
            Awaitility.await("messages come by " + target.transports().last())
                    .atMost(PATIENCE)
                    .until(() -> client.ask("get_rooms").path("ok").asBoolean()
                            && client.transport().equals(target.transports().last()));
            broadcast("global", "{\"event\":\"marker\"}");
            client.next("marker");
        }
    }

    private void token() {
        try (SocketClient client = user(options -> {})) {
            JsonNode greeting = client.next("connected");
            assertThat(greeting.path("isAnonymous").asBoolean(true)).isFalse();
            assertThat(greeting.path("userId").asString()).isEqualTo(target.user());
            assertThat(texts(greeting.path("rooms"))).containsExactly("global", "user:" + target.user());
        }
    }

    private void badToken() {
        try (SocketClient client =
                SocketClient.begin(target.uri(), onTransports().andThen(SocketClient.token(target.badToken())))) {
            assertThat(client.refusal().path("data").path("code").asString()).isEqualTo("token_invalid");
            assertThat(client.isConnected()).isFalse();
        }
    }

    private void rooms() {
        String room = "survey:" + target.user();
        try (SocketClient client = user(options -> {})) {
            assertThat(client.ask("join_room", object("room", room))
                            .path("room")
                            .asString())
                    .isEqualTo(room);
            assertThat(client.next("room_joined").path("room").asString()).isEqualTo(room);
            assertThat(roomNames(client)).containsExactlyInAnyOrder("global", "user:" + target.user(), room);
            assertThat(client.ask("leave_room", object("room", room))
                            .path("room")
                            .asString())
                    .isEqualTo(room);
            assertThat(client.next("room_left").path("room").asString()).isEqualTo(room);
            assertThat(roomNames(client)).containsExactlyInAnyOrder("global", "user:" + target.user());
        }
    }

    private void membersOnly() {
        String room = "survey:" + target.user() + "-members";
        try (SocketClient member = user(options -> {});
                SocketClient other = user(options -> {})) {
            member.join(room);
            other.join(room + "-other");
            assertThat(note(room)).isEqualTo(1);
            assertThat(member.next("note")).isEqualTo(DATA);
            assertThat(member.ask("leave_room", object("room", room)).path("ok").asBoolean())
                    .isTrue();
            assertThat(note(room)).isZero();
            // Events come in their order: what was sent before the marker is there when the marker is.
            broadcast("global", "{\"event\":\"marker\"}");
            for (SocketClient client : List.of(member, other)) {
                assertThat(client.until("marker")).extracting(Inbox.Event::name).doesNotContain("note");
            }
        }
    }

    private void acknowledgements() {
        try (SocketClient client = user(options -> {})) {
            List<String> rooms = IntStream.range(0, 10)
                    .mapToObj(i -> "survey:" + target.user() + "-ack-" + i)
                    .toList();
            List<String> answers = client.askAll("join_room", rooms.stream().map(room -> object("room", room))).stream()
                    .map(answer -> answer.path("room").asString())
                    .toList();
            assertThat(answers).isEqualTo(rooms);
            assertRefused(client.ask("join_room", object("room", "user:somebody-else")), "room_forbidden");
            assertRefused(client.ask("join_room"), "room_required");
        }
    }

    private void binary() {
        byte[] large = new byte[200_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) i;
        }
        try (SocketClient client = client(options -> {})) {
            client.emit("unknown", new byte[] {1, 2, 3}, object("deep", object("deeper", new byte[0])));
            assertRefused(client.ask("join_room", object("room", new byte[] {0, -1})), "invalid_room");
            assertRefused(client.ask("authenticate", object("token", large)), "token_invalid");
            assertThat(client.ask("get_rooms", large, new byte[] {'x'})
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(client.isConnected()).isTrue();
        }
    }

    private void reconnect() {
        String room = "survey:" + target.user() + "-restart";
        try (SocketClient client = user(options -> {
            options.reconnection = true;
            options.reconnectionDelay = 500;
            options.reconnectionDelayMax = 1_000;
        })) {
            String before = client.next("connected").path("socketId").asString();
            client.join(room);
            readyForRestart.run();
            Awaitility.await("the client comes back by itself")
                    .atMost(RESTART)
                    .until(() -> client.isConnected() && !before.equals(client.id()));
            assertThat(texts(client.next("connected").path("rooms")))
                    .as("the service has forgotten the room")
                    .containsExactly("global", "user:" + target.user());
            client.join(room);
            assertThat(note(room)).isEqualTo(1);
            assertThat(client.next("note")).isEqualTo(DATA);
        }
    }

    private SocketClient client(Consumer<IO.Options> customizer) {
        return SocketClient.connect(target.uri(), onTransports().andThen(customizer));
    }

    private SocketClient user(Consumer<IO.Options> customizer) {
        return client(SocketClient.token(target.token()).andThen(customizer));
    }

    private Consumer<IO.Options> onTransports() {
        return SocketClient.transports(target.transports().names().toArray(String[]::new));
    }

    /** Broadcasts the data to a room. @return how many it went to */
    private int note(String room) {
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("room", room).put("event", "note");
        return broadcast("room", body.set("data", DATA).toString())
                .path("recipients")
                .asInt();
    }

    private JsonNode broadcast(String path, String body) {
        Answer answer = http.post("/api/broadcast/" + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> roomNames(SocketClient client) {
        JsonNode answer = client.ask("get_rooms");
        assertThat(client.next("rooms_list").path("rooms")).isEqualTo(answer.path("rooms"));
        return texts(answer.path("rooms")
                .valueStream()
                .map(room -> room.path("name"))
                .toArray(JsonNode[]::new));
    }

    private static void assertRefused(JsonNode answer, String code) {
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("code").asString()).isEqualTo(code);
    }

    private static List<String> texts(JsonNode array) {
        return texts(array.valueStream().toArray(JsonNode[]::new));
    }

    private static List<String> texts(JsonNode[] nodes) {
        return Arrays.stream(nodes).map(JsonNode::asString).toList();
    }
}
