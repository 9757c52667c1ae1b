package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static app.realtime.events.Bodies.problems;
import static app.realtime.events.Bodies.rooms;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.rooms.RoomTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CustomEventTest {

    @Test
    void goesToARoomAUserOrEverybody() throws Exception {
        assertThat(rooms(CustomEvent.toRoom(json("{'room':'survey:1','event':'e'}"), RoomTypes.BUILT_IN)))
                .containsExactly("survey:1");
        assertThat(rooms(CustomEvent.toRoom(json("{'room':'global','event':'e'}"), RoomTypes.BUILT_IN)))
                .containsExactly("global");
        assertThat(rooms(CustomEvent.toUser(json("{'userId':5,'event':'e'}")))).containsExactly("user:5");
        assertThat(rooms(CustomEvent.toEverybody(json("{'event':'e'}")))).containsExactly("global");
    }

    @Test
    void addsTheTimeToAnObjectWithoutOne() throws Exception {
        JsonNode body = json("{'event':'e','data':{'a':{'b':null}}}");

        assertThat(CustomEvent.toEverybody(body).payload(TIME))
                .isEqualTo(json("{'a':{'b':null},'timestamp':'2024-01-01T00:00:00.000Z'}"));
        assertThat(body.path("data").has("timestamp"))
                .as("the body stays as it was")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'timestamp':'mine'}", "{'timestamp':null}", "[1,2]", "'text'", "7", "false"})
    void passesOtherDataOnAsItCame(String data) throws Exception {
        assertThat(CustomEvent.toEverybody(json("{'event':'e','data':" + data + "}"))
                        .payload(TIME))
                .isEqualTo(json(data));
    }

    @Test
    void takesMissingDataForAnEmptyObject() throws Exception {
        for (String body : new String[] {"{'event':'e'}", "{'event':'e','data':null}"}) {
            assertThat(CustomEvent.toEverybody(json(body)).payload(TIME))
                    .isEqualTo(json("{'timestamp':'2024-01-01T00:00:00.000Z'}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesTheNamesOfSocketIo(String name) {
        assertThat(problems(CustomEvent::toEverybody, "{'event':'" + name + "'}"))
                .containsExactly("event is a name that Socket.IO keeps for itself; choose another");
    }

    @Test
    void refusesOddNames() {
        String[] odd = {"", "a".repeat(129), "a\\u0000b", "a\\nb", "a\\u007fb", "a\\u0085b"};
        for (String name : odd) {
            assertThat(problems(CustomEvent::toEverybody, "{'event':'" + name + "'}"))
                    .containsExactly("event must be 1 to 128 characters without control characters");
        }
        assertThat(problems(CustomEvent::toEverybody, "{'event':'" + "ä".repeat(128) + "'}"))
                .singleElement()
                .asString()
                .startsWith("none: ");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(problems(body -> CustomEvent.toRoom(body, RoomTypes.BUILT_IN), "{}"))
                .containsExactly("room is required", "event is required");
        assertThat(problems(body -> CustomEvent.toRoom(body, RoomTypes.BUILT_IN), "{'room':1,'event':[]}"))
                .containsExactly("room must be a string", "event must be a string");
        assertThat(problems(body -> CustomEvent.toRoom(body, RoomTypes.BUILT_IN), "{'room':'lobby','event':'connect'}"))
                .containsExactly(
                        "room must be global, project:{id}, survey:{id} or user:{id}",
                        "event is a name that Socket.IO keeps for itself; choose another");
        assertThat(problems(CustomEvent::toUser, "{'userId':'a/b'}"))
                .containsExactly("userId " + Fields.NOT_AN_ID, "event is required");
    }
}
