package app.realtime.contract;

import static app.realtime.contract.Payloads.assertPayload;
import static app.realtime.contract.Payloads.assertTimestamp;
import static app.realtime.contract.Payloads.unique;
import static app.realtime.contract.SocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The contract's chapter "Rooms". */
@OnSharedService
class RoomsIT {

    private final Service service;

    RoomsIT(Service service) {
        this.service = service;
    }

    @Test
    void joinsByEventAndAnswersByEventAndAcknowledgement() {
        try (SocketClient client = service.user("rooms-join")) {
            JsonNode ack = client.ask("join_room", object("room", "survey:123"));
            assertThat(ack.path("ok").asBoolean()).isTrue();
            assertThat(ack.path("room").asString()).isEqualTo("survey:123");
            assertTimestamp(ack.path("timestamp").asString());
            assertPayload(client.next("room_joined"), "{\"room\":\"survey:123\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"survey:", "project:"})
    void takesEveryAllowedCharacterAndUpTo128(String prefix) {
        try (SocketClient client = service.user("rooms-format")) {
            client.join(prefix + "AZaz09._~-", prefix + "x", prefix + "i".repeat(128));
            assertRefused(client, "join_room", prefix + "i".repeat(129), "Invalid room format", "invalid_room");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "survey",
                "survey:",
                ":x",
                "survey:a b",
                "survey:a/b",
                "survey:a:b",
                "survey:é",
                "survey:x\n",
                "Survey:x",
                "other:x",
                "global:x",
                "GLOBAL",
                " global",
                "survey:*",
                "__proto__"
            })
    void refusesWhatIsNoRoomName(String room) {
        try (SocketClient client = service.user("rooms-names")) {
            assertRefused(client, "join_room", room, "Invalid room format", "invalid_room");
            assertRefused(client, "leave_room", room, "Invalid room format", "invalid_room");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"survey:1\"",
                "[]",
                "[\"survey:1\"]",
                "5",
                "true",
                "{}",
                "{\"room\":null}",
                "{\"room\":\"\"}"
            })
    void asksForTheNameWhenThereIsNone(String argument) {
        try (SocketClient client = service.user("rooms-required")) {
            for (String event : List.of("join_room", "leave_room")) {
                JsonNode ack = client.ask(event, SocketClient.value(argument));
                assertRefusal(ack, "Room name is required", "room_required");
                JsonNode error = client.next("error");
                assertThat(error.path("message").asString()).isEqualTo("Room name is required");
                assertThat(error.path("code").asString()).isEqualTo("room_required");
            }
        }
    }

    @Test
    void asksForTheNameWhenThereIsNoArgumentAtAll() {
        try (SocketClient client = service.user("rooms-nothing")) {
            assertRefusal(client.ask("join_room"), "Room name is required", "room_required");
            client.emit("join_room");
            client.next("error");
            assertThat(client.next("error").path("message").asString()).isEqualTo("Room name is required");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"room\":5}", "{\"room\":true}", "{\"room\":[\"survey:1\"]}", "{\"room\":{\"a\":1}}"})
    void refusesANameThatIsNoText(String argument) {
        try (SocketClient client = service.user("rooms-types")) {
            assertRefusal(client.ask("join_room", SocketClient.value(argument)), "Invalid room format", "invalid_room");
            assertThat(client.next("error").path("code").asString()).isEqualTo("invalid_room");
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void keepsUserRoomsForTheUserAndAdministrators() {
        String user = unique("owner");
        try (SocketClient owner = service.user(user);
                SocketClient other = service.user("stranger");
                SocketClient admin =
                        service.client(SocketClient.token(service.tokens().sign(TokenMint.claims("boss", "admin"))))) {
            owner.join("user:" + user);
            admin.join("user:" + user);
            assertRefused(other, "join_room", "user:" + user, "Permission denied to join room", "room_forbidden");
            assertThat(service.broadcast("user", "{\"userId\":\"" + user + "\",\"event\":\"hello\"}")
                            .path("recipients")
                            .asInt())
                    .isEqualTo(2);
            owner.next("hello");
            admin.next("hello");
        }
    }

    @Test
    void keepsAnonymousConnectionsInTheGlobalRoom() {
        try (SocketClient client = service.anonymous()) {
            client.join("global");
            for (String room : List.of("survey:1", "project:1", "user:1")) {
                assertRefused(client, "join_room", room, "Permission denied to join room", "room_forbidden");
            }
        }
    }

    @Test
    void takesTheClaimRoomsAsTheWholeListOfWhatMayBeJoined() {
        ObjectNode claims = TokenMint.claims("limited", "user");
        claims.putArray("rooms").add("survey:*").add("project:7");
        try (SocketClient client =
                service.client(SocketClient.token(service.tokens().sign(claims)))) {
            client.join("survey:1", "survey:anything", "project:7", "global", "user:limited");
            assertRefused(client, "join_room", "project:8", "Permission denied to join room", "room_forbidden");
            assertRefused(client, "join_room", "user:other", "Permission denied to join room", "room_forbidden");
        }
    }

    @Test
    void letsNobodyIntoAnyRoomWithAnEmptyClaimRooms() {
        ObjectNode claims = TokenMint.claims("nowhere", "admin");
        claims.putArray("rooms");
        try (SocketClient client =
                service.client(SocketClient.token(service.tokens().sign(claims)))) {
            assertRefused(client, "join_room", "survey:1", "Permission denied to join room", "room_forbidden");
        }
    }

    @Test
    void leavesARoomAndAnswersWhenThereIsNothingToLeave() {
        String room = "survey:" + unique("leave");
        try (SocketClient client = service.user("rooms-leave")) {
            client.join(room);
            assertThat(client.ask("leave_room", object("room", room)).path("ok").asBoolean())
                    .isTrue();
            assertPayload(client.next("room_left"), "{\"room\":\"" + room + "\"}");
            assertThat(service.broadcast("room", "{\"room\":\"" + room + "\",\"event\":\"gone\"}")
                            .path("recipients")
                            .asInt())
                    .isZero();
            assertRefused(client, "leave_room", room, "Not in this room", "room_not_joined");
            assertRefused(client, "leave_room", "global", "The global room cannot be left", "room_permanent");
        }
    }

    @Test
    void listsTheRoomsOfAConnection() {
        String survey = unique("list");
        String user = unique("lister");
        try (SocketClient client = service.user(user);
                SocketClient other = service.user("rooms-other")) {
            client.join("survey:" + survey);
            other.join("survey:" + survey);
            JsonNode ack = client.ask("get_rooms");
            assertThat(ack.path("ok").asBoolean()).isTrue();
            JsonNode list = client.next("rooms_list");
            assertTimestamp(list.path("timestamp").asString());
            assertThat(list.path("rooms")).isEqualTo(ack.path("rooms"));
            assertThat(list.path("rooms")).hasSize(3);
            JsonNode global = list.path("rooms").get(0);
            assertThat(global.path("name").asString()).isEqualTo("global");
            assertThat(global.path("type").asString()).isEqualTo("global");
            assertThat(global.path("connections").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(global.has("id")).isFalse();
            assertThat(list.path("rooms").get(1)).isEqualTo(entry("survey", survey, 2));
            assertThat(list.path("rooms").get(2)).isEqualTo(entry("user", user, 1));
        }
    }

    @Test
    void answersPing() {
        try (SocketClient client = service.anonymous()) {
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
            assertPayload(client.next("pong"), "{}");
            client.emit("ping");
            assertPayload(client.next("pong"), "{}");
        }
    }

    @Test
    void holdsAHundredRoomsAndNoMore() {
        try (SocketClient client = service.user("rooms-many")) {
            for (int i = 0; i < 98; i++) {
                client.emit("join_room", object("room", "survey:many-" + i));
            }
            assertRefused(
                    client,
                    "join_room",
                    "survey:many-98",
                    "Too many rooms: leave one before you join another",
                    "room_limit");
            client.join("survey:many-0");
            assertThat(client.ask("leave_room", object("room", "survey:many-5"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(client.ask("join_room", object("room", "survey:many-98"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(client.ask("get_rooms").path("rooms")).hasSize(100);
        }
    }

    private static JsonNode entry(String type, String id, int connections) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", type + ':' + id)
                .put("type", type)
                .put("id", id)
                .put("connections", connections);
    }

    private static void assertRefused(SocketClient client, String event, String room, String message, String code) {
        JSONObject request = object("room", room);
        assertRefusal(client.ask(event, request), message, code);
        JsonNode error = client.next("error");
        assertThat(error.path("message").asString()).isEqualTo(message);
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("room").asString()).isEqualTo(room);
    }

    private static void assertRefusal(JsonNode ack, String message, String code) {
        assertThat(ack.path("ok").asBoolean(true)).isFalse();
        assertThat(ack.path("error").asString()).isEqualTo(message);
        assertThat(ack.path("code").asString()).isEqualTo(code);
    }
}
