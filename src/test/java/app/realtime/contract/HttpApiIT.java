package app.realtime.contract;

import static app.realtime.contract.Payloads.assertPayload;
import static app.realtime.contract.Payloads.assertTimestamp;
import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract's chapter "HTTP API", in development, where it is open. */
@OnSharedService
class HttpApiIT {

    private static final String ORIGIN = "http://localhost:3000";

    private final Service service;
    private final HttpApi http;

    HttpApiIT(Service service) {
        this.service = service;
        this.http = service.http();
    }

    @Test
    void broadcastsToARoom() {
        String room = "survey:" + unique("room");
        try (SocketClient client = service.user("room").join(room)) {
            JsonNode answer = service.broadcast(
                    "room", "{\"room\":\"%s\",\"event\":\"custom.event\",\"data\":{\"a\":[1,null]}}".formatted(room));
            assertPayload(
                    answer,
                    "{\"success\":true,\"room\":\"%s\",\"event\":\"custom.event\",\"recipients\":1}".formatted(room));
            assertPayload(client.next("custom.event"), "{\"a\":[1,null]}");
        }
    }

    @Test
    void broadcastsToAUser() {
        String user = unique("user");
        try (SocketClient one = service.user(user);
                SocketClient two = service.user(user)) {
            JsonNode answer = service.broadcast("user", "{\"userId\":\"%s\",\"event\":\"hi\"}".formatted(user));
            assertPayload(
                    answer, "{\"success\":true,\"userId\":\"%s\",\"event\":\"hi\",\"recipients\":2}".formatted(user));
            assertPayload(one.next("hi"), "{}");
            assertPayload(two.next("hi"), "{}");
        }
    }

    @Test
    void broadcastsToEverybody() {
        String event = unique("all");
        try (SocketClient user = service.user("somebody");
                SocketClient anonymous = service.anonymous()) {
            JsonNode answer = service.broadcast("global", "{\"event\":\"%s\",\"data\":{\"b\":2}}".formatted(event));
            assertThat(answer.path("success").asBoolean()).isTrue();
            assertThat(answer.path("event").asString()).isEqualTo(event);
            assertThat(answer.path("recipients").asInt()).isGreaterThanOrEqualTo(2);
            assertTimestamp(answer.path("timestamp").asString());
            assertPayload(user.next(event), "{\"b\":2}");
            assertPayload(anonymous.next(event), "{\"b\":2}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"timestamp\":\"mine\",\"a\":1}", "[1,{\"a\":2}]", "\"text\"", "5", "true"})
    void leavesDataAsItIsWhereNoTimestampFits(String data) {
        String user = unique("data");
        try (SocketClient client = service.user(user)) {
            service.broadcast("user", "{\"userId\":\"%s\",\"event\":\"e\",\"data\":%s}".formatted(user, data));
            assertThat(client.next("e")).isEqualTo(JsonMapper.shared().readTree(data));
        }
    }

    @Test
    void broadcastsASurveyResponse() {
        String survey = unique("s");
        String project = unique("p");
        try (SocketClient client = service.user("http-response").join("survey:" + survey, "project:" + project)) {
            String ids = "\"surveyId\":\"%s\",\"responseId\":\"response456\",".formatted(survey);
            String rest = "\"response\":{\"q\":1},\"metadata\":{\"projectId\":\"%s\"}}".formatted(project);
            JsonNode answer = service.broadcast("survey-response", "{" + ids + rest);
            assertPayload(
                    answer,
                    "{\"success\":true,%s\"projectId\":\"%s\",\"event\":\"response.new\",\"recipients\":1}"
                            .formatted(ids, project));
            service.broadcast("survey-response", "{" + ids + rest);
            for (int i = 0; i < 2; i++) {
                assertPayload(client.next("response.new"), "{\"type\":\"response.new\"," + ids + rest);
            }
            assertThat(client.ask("get_rooms").path("ok").asBoolean()).isTrue();
            assertThat(client.until("rooms_list")).extracting(Inbox.Event::name).doesNotContain("response.new");
        }
    }

    @Test
    void broadcastsALocation() {
        String surveyor = unique("u");
        try (SocketClient client = service.user(surveyor)) {
            String ids = "\"surveyorId\":\"%s\",\"surveyId\":\"survey456\",\"projectId\":\"project789\","
                    .formatted(surveyor);
            String rest = "\"location\":{\"coordinates\":{\"latitude\":25.2048,\"longitude\":55.2708},"
                    + "\"accuracy\":10},\"metadata\":{\"a\":1}}";
            JsonNode answer = service.broadcast("location", "{" + ids + rest);
            assertPayload(answer, "{\"success\":true," + ids + "\"event\":\"surveyor.location\",\"recipients\":1}");
            assertPayload(client.next("surveyor.location"), "{\"type\":\"surveyor.location\"," + ids + rest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesTheNamesThatSocketIoKeeps(String event) {
        Answer answer = http.post("/api/broadcast/global", "{\"event\":\"" + event + "\"}");
        assertProblem(answer, 400, "invalid_body");
        assertThat(answer.json().path("fields").get(0).path("field").asString()).isEqualTo("event");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "room | {} | room event",
                "room | {\"room\":\"nowhere\",\"event\":\"\"} | room event",
                "room | {\"room\":5,\"event\":[]} | room event",
                "user | {\"userId\":\"a b\"} | userId event",
                "global | {\"data\":{}} | event",
                "survey-response | {} | surveyId responseId",
                "survey-response | {\"surveyId\":null,\"responseId\":{},\"metadata\":5} | surveyId responseId metadata",
                "location | {} | surveyorId location",
                "location | {\"surveyorId\":\"u\",\"location\":{\"coordinates\":{\"latitude\":91,\"longitude\":\"1\"}}} "
                        + "| location.coordinates.latitude location.coordinates.longitude",
            })
    void namesEveryFieldThatIsMissingOrBad(String path, String body, String fields) {
        Answer answer = http.post("/api/broadcast/" + path, body);
        assertProblem(answer, 400, "invalid_body");
        List<String> named = answer.json()
                .path("fields")
                .valueStream()
                .map(field -> field.path("field").asString())
                .toList();
        for (String field : fields.split(" ")) {
            assertThat(named).anySatisfy(name -> assertThat(name).startsWith(field));
            assertThat(answer.json().path("error").asString()).contains(field);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{} {}", "[]", "5", "null", "{\"event\":\"a\",}", "{\"a\":NaN}"})
    void refusesMalformedJson(String body) {
        assertProblem(http.post("/api/broadcast/global", body), 400, "malformed_json");
    }

    @Test
    void refusesJsonThatIsNestedTooDeeply() {
        String body = "{\"event\":\"e\",\"data\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        assertThat(http.post("/api/broadcast/global", body).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyOverAMegabyteWhetherAnnouncedOrChunked() {
        byte[] body =
                ("{\"event\":\"e\",\"data\":\"" + "x".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        assertProblem(json("POST", "/api/broadcast/global", BodyPublishers.ofByteArray(body)), 413, "body_too_large");
        assertProblem(json("POST", "/api/broadcast/global", chunked), 413, "body_too_large");
    }

    @Test
    void takesABodyOfAlmostAMegabyte() {
        String user = unique("large");
        try (SocketClient client = service.user(user)) {
            String text = "x".repeat(1000 * 1000);
            service.broadcast("user", "{\"userId\":\"%s\",\"event\":\"e\",\"data\":\"%s\"}".formatted(user, text));
            assertThat(client.next("e").asString()).hasSize(text.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void refusesOtherMediaTypes(String type) {
        Answer answer = http.send(
                "POST", "/api/broadcast/global", BodyPublishers.ofString("{\"event\":\"e\"}"), "Content-Type", type);
        assertProblem(answer, 415, "unsupported_media_type");
    }

    @Test
    void refusesACompressedBody() {
        Answer answer = http.post("/api/broadcast/global", "{\"event\":\"e\"}", "Content-Encoding", "gzip");
        assertProblem(answer, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere.html",
                "/nothing",
                "/api",
                "/api/",
                "/api/nothing",
                "/api/broadcast",
                "/api/broadcast/nothing",
                "/error",
                "/index.htm",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/healthy",
                "/health/live",
                "/metrics",
                "/openapi"
            })
    void answersInJsonWhereThereIsNothing(String path) {
        Answer answer = http.get(path);
        assertProblem(answer, 404, "not_found");
        assertThat(answer.headers().map()).doesNotContainKeys("$WSEP", "$wsep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nowhere.html", "/"})
    void answersClientsThatOfferToGoOnWithHttp2(String path) throws Exception {
        HttpClient offering =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(service.uri().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> answer = offering.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.statusCode()).isEqualTo(path.equals("/") ? 200 : 404);
    }

    /** The container is not to look at them: with no users of its own it would log an error for each request. */
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/api/stats", "/", "/socket.io/?EIO=4&transport=polling"})
    void leavesCredentialsToTheApplication(String path) {
        String basic = Base64.getEncoder().encodeToString("a:b".getBytes(StandardCharsets.UTF_8));
        assertThat(http.get(path, "Authorization", "Basic " + basic).status()).isEqualTo(200);
        assertThat(service.server().logText()).doesNotContain("CWWKS3005E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/%2e%2e/x",
                "/api/a%2Fb",
                "/..%5cx",
                "/%00",
                "/api/%zz",
                "/api/broadcast/room;x=1%0a",
                "/%c0%ae"
            })
    void answersOddAddressesInJsonToo(String path) {
        String answer = RawHttp.get(service.server().port(), "127.0.0.1", path, "Host: localhost");
        assertThat(RawHttp.status(answer)).isBetween(400, 499);
        assertThat(answer).doesNotContainIgnoringCase("<html").doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/broadcast/room, POST",
        "PUT, /api/broadcast/global, POST",
        "DELETE, /api/stats, GET",
        "POST, /api/stats, GET",
        "POST, /health, GET"
    })
    void namesTheMethodsThatAnAddressTakes(String method, String path, String allowed) {
        Answer answer = json(method, path, BodyPublishers.ofString("{}"));
        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow").orElse("")).contains(allowed);
    }

    @Test
    void answersNothingButJson() {
        Answer answer = http.get("/api/stats", "Accept", "text/html");
        assertProblem(answer, 406, "not_acceptable");
    }

    @Test
    void tellsItsStatistics() {
        String user = unique("counted");
        String survey = "survey:" + unique("s");
        try (SocketClient one = service.user(user).join(survey);
                SocketClient two = service.user(user).join(survey);
                SocketClient anonymous = service.anonymous()) {
            assertThat(anonymous.isConnected()).isTrue();
            assertThat(one.id()).isNotEqualTo(two.id());
            Answer answer = http.get("/api/stats");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("success").asBoolean()).isTrue();
            JsonNode stats = answer.json().path("stats");
            int total = stats.path("totalConnections").asInt();
            assertThat(stats.path("authenticatedConnections").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(stats.path("anonymousConnections").asInt()).isGreaterThanOrEqualTo(1);
            assertThat(stats.path("authenticatedConnections").asInt()
                            + stats.path("anonymousConnections").asInt())
                    .isEqualTo(total);
            assertThat(stats.path("uniqueUsers").asInt())
                    .isBetween(1, stats.path("authenticatedConnections").asInt() - 1);
            assertThat(stats.path("totalRooms").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(stats.path("roomStats").valueStream().map(JsonNode::toString))
                    .contains(
                            "{\"name\":\"global\",\"connections\":" + total + "}",
                            "{\"name\":\"" + survey + "\",\"connections\":2}");
        }
    }

    @Test
    void tellsItsHealth() {
        Answer answer = http.get("/health");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode health = answer.json();
        assertThat(health.path("status").asString()).isEqualTo("healthy");
        assertThat(health.path("service").asString()).isEqualTo("websocket-service");
        assertTimestamp(health.path("timestamp").asString());
        assertThat(health.path("uptime").asLong()).isPositive();
        assertThat(health.path("connections").isObject()).isTrue();
        assertThat(health.path("kafka").path("state").asString()).isEqualTo("connected");
        assertThat(health.path("cluster").path("state").asString()).isEqualTo("standalone");
    }

    @Test
    void isOpenInDevelopmentAndSaysSo() {
        assertThat(http.post("/api/broadcast/global", "{\"event\":\"e\"}", "X-API-Key", "any")
                        .status())
                .isEqualTo(200);
        assertThat(service.server().logText()).contains("The HTTP API is open").contains("JWT_SECRET is the default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/stats",
                "/health",
                "/api/nothing",
                "/socket.io/?EIO=4&transport=nothing",
                "/socket.io/?EIO=4&transport=polling"
            })
    void letsPagesOfAllowedOriginsReadEveryAnswer(String path) {
        Answer allowed = http.get(path, "Origin", ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(allowed.headers().allValues("Vary")).contains("Origin");
        Answer foreign = http.get(path, "Origin", "http://evil.example");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(foreign.headers().allValues("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/broadcast/room", "/api/stats", "/health", "/socket.io/?EIO=4&transport=polling"})
    void answersPreflights(String path) {
        Answer allowed = preflight(path, ORIGIN);
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Methods").orElse("")).contains("POST", "GET");
        assertThat(allowed.header("Access-Control-Allow-Headers").orElse(""))
                .contains("Authorization", "Content-Type", "X-API-Key");
        Answer foreign = preflight(path, "http://localhost:3000.evil.example");
        assertProblem(foreign, 403, "origin_not_allowed");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private Answer preflight(String path, String origin) {
        return http.send(
                "OPTIONS",
                path,
                BodyPublishers.noBody(),
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,x-api-key");
    }

    private Answer json(String method, String path, BodyPublisher body) {
        return http.send(method, path, body, "Content-Type", "application/json");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
        assertThat(answer.json().path("error").asString()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "\\tat ");
    }
}
