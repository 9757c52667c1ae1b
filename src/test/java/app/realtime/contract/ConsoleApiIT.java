package app.realtime.contract;

import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the console asks of the service, in development, where nobody needs credentials for it. */
@OnSharedService
class ConsoleApiIT {

    private final Service service;

    ConsoleApiIT(Service service) {
        this.service = service;
    }

    @Test
    void watchersSeeWhatIsPublishedWhateverTheRoom() {
        String survey = unique("survey");
        try (SocketClient console = watch()) {
            service.broadcast(
                    "survey-response",
                    "{\"surveyId\":\"" + survey + "\",\"responseId\":\"r\",\"response\":{\"q\":\"a\"}}");
            JsonNode shown = shown(console, survey);
            assertThat(shown.path("event").asString()).isEqualTo("response.new");
            assertThat(shown.path("source").asString()).isEqualTo("http");
            assertThat(shown.path("recipients").intValue()).isZero();
            assertThat(shown.path("data").path("response").path("q").asString()).isEqualTo("a");
        }
    }

    @Test
    void aRecordThatIsTriedOutTakesTheWayOfAllOthers() {
        String survey = unique("survey");
        try (SocketClient console = watch()) {
            Answer answer = produce("{\"topic\":\"survey.responses\",\"key\":\"k\",\"value\":{\"surveyId\":\"" + survey
                    + "\",\"responseId\":\"r\"}}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("offset").isIntegralNumber()).isTrue();
            assertThat(shown(console, survey).path("source").asString()).isEqualTo("kafka");
        }
    }

    @Test
    void aRecordThatIsNoJsonCanBeTriedOutToo() {
        double before = service.metric("realtime_kafka_records_total", Service.ANALYTICS, "malformed");
        assertThat(produce("{\"topic\":\"survey.analytics\",\"value\":\"{not json\"}")
                        .status())
                .isEqualTo(200);
        Awaitility.await("the record is rejected")
                .until(() -> service.metric("realtime_kafka_records_total", Service.ANALYTICS, "malformed") > before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | topic, value",
                "{\"topic\":\"survey.responses.dlt\",\"value\":1} | topic",
                "{\"topic\":\"survey.responses\",\"value\":null} | value",
                "{\"topic\":\"survey.responses\",\"value\":1,\"key\":2} | key",
            })
    void namesEveryFieldOfARecordThatIsWrong(String body, String fields) {
        assertThat(fields(produce(body))).containsExactly(fields.split(", "));
    }

    @Test
    void makesTokensThatOpenRooms() {
        String user = unique("user");
        Answer answer = http().post("/api/admin/tokens", "{\"userId\":\"" + user + "\",\"rooms\":[\"survey:*\"]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String token = answer.json().path("token").asString();
        try (SocketClient client = service.client(SocketClient.token(token))) {
            assertThat(client.next("connected").path("userId").asString()).isEqualTo(user);
            assertThat(client.ask("join_room", Map.of("room", "survey:s"))
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            assertThat(client.ask("join_room", Map.of("room", "project:p"))
                            .path("code")
                            .asString())
                    .isEqualTo("room_forbidden");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | userId",
                "{\"userId\":\" \"} | userId",
                "{\"userId\":\"u\",\"role\":\"a b\"} | role",
                "{\"userId\":\"u\",\"rooms\":\"survey:*\"} | rooms",
                "{\"userId\":\"u\",\"rooms\":[1]} | rooms",
                "{\"userId\":\"u\",\"expiresIn\":0} | expiresIn",
                "{\"userId\":\"u\",\"expiresIn\":86401} | expiresIn",
                "{\"userId\":7,\"role\":7,\"rooms\":7,\"expiresIn\":\"7\"} | userId, role, rooms, expiresIn",
            })
    void namesEveryFieldOfATokenRequestThatIsWrong(String body, String fields) {
        assertThat(fields(http().post("/api/admin/tokens", body))).containsExactly(fields.split(", "));
    }

    @Test
    void showsTheConfigurationWithoutItsSecrets() {
        Answer answer = http().get("/api/admin/configuration");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("environment").asString()).isEqualTo("development");
        List<JsonNode> settings = answer.json().path("settings").valueStream().toList();
        assertThat(settings)
                .contains(
                        json("{\"name\":\"MAX_CONNECTIONS_PER_IP\",\"value\":\"10000\",\"default\":false,"
                                + "\"secret\":false}"),
                        json("{\"name\":\"JWT_SECRET\",\"default\":false,\"secret\":true}"),
                        json("{\"name\":\"RATE_LIMIT_WINDOW\",\"value\":\"60000\",\"default\":true,\"secret\":false}"));
        assertThat(answer.body()).doesNotContain(TokenMint.DEFAULT_SECRET);
    }

    @Test
    void countsEventsInTheStatistics() {
        JsonNode before = events();
        try (SocketClient client = service.anonymous()) {
            client.ask("ping");
            service.broadcast("global", "{\"event\":\"counted\"}");
            client.next("counted");
        }
        JsonNode after = events();
        for (String name : List.of("published", "delivered", "received")) {
            assertThat(after.path(name).longValue())
                    .as(name)
                    .isGreaterThan(before.path(name).longValue());
        }
    }

    @Test
    void listsAsManyRoomsAsAreAskedFor() {
        try (SocketClient one = service.user(unique("user"));
                SocketClient two = service.user(unique("user"))) {
            one.ask("ping");
            two.ask("ping");
            JsonNode stats = http().get("/api/stats?rooms=1").json().path("stats");
            assertThat(stats.path("totalRooms").intValue()).isGreaterThanOrEqualTo(3);
            assertThat(stats.path("roomStats")
                            .valueStream()
                            .map(room -> room.path("name").asString()))
                    .containsExactly("global");
            assertThat(http().get("/api/stats?rooms=-1").status()).isEqualTo(400);
            assertThat(http().get("/api/stats?rooms=many").json().path("error").asString())
                    .contains("rooms must be a whole number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/console.css", "/console/src/main.js", "/console/icon.svg"})
    void servesTheConsoleUnderAStrictPolicy(String path) {
        Answer answer = http().get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(http().get(path, "If-None-Match", answer.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/index.html",
                "/console/../web.xml",
                "/console/src/missing.js",
                "/console/test/charts.test.js"
            })
    void servesNothingElse(String path) {
        assertThat(http().get(path).status()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/websocket-client.js", "/websocket-client.esm.js", "/websocket-client.d.ts"})
    void servesTheLibraryToPagesOfAnyOrigin(String path) {
        Answer answer = http().get(path, "Origin", "https://other.example");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("WebSocketClient");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.header("ETag")).isPresent();
    }

    private SocketClient watch() {
        SocketClient console = SocketClient.connect(URI.create(service.uri() + "console"), options -> {});
        assertThat(console.isConnected()).isTrue();
        return console;
    }

    /** Others publish at the same time. */
    private static JsonNode shown(SocketClient console, String survey) {
        JsonNode shown = console.next("published");
        while (!shown.path("data").path("surveyId").asString("").equals(survey)) {
            shown = console.next("published");
        }
        assertThat(shown.path("rooms").toString()).isEqualTo("[\"survey:" + survey + "\"]");
        return shown;
    }

    private JsonNode events() {
        return http().get("/api/stats").json().path("stats").path("events");
    }

    private Answer produce(String body) {
        return http().post("/api/admin/kafka/records", body);
    }

    private static List<String> fields(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.json()
                .path("fields")
                .valueStream()
                .map(field -> field.path("field").asString())
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private HttpApi http() {
        return service.http();
    }
}
