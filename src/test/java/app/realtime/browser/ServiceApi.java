package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.Answer;
import app.realtime.contract.HttpApi;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an app server behind the pages does: it publishes events, and sees who is connected. Thread-safe. */
final class ServiceApi {

    private final HttpApi http;

    ServiceApi(URI service) {
        http = new HttpApi(service);
    }

    /** How many connections are in the room. */
    int members(String room) {
        for (JsonNode entry : http.get("/api/stats").json().path("stats").path("roomStats")) {
            if (entry.path("name").asString().equals(room)) {
                return entry.path("connections").asInt();
            }
        }
        return 0;
    }

    /** The text of a file that the service has for browsers. */
    String file(String path) {
        Answer answer = http.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }

    void surveyResponse(String survey, String response) {
        broadcast("survey-response", """
                {"surveyId": "%s", "responseId": "%s", "response": {"question1": "answer1"},
                 "metadata": {"projectId": "project789"}}""".formatted(survey, response));
    }

    void location(String surveyor, String survey, String project) {
        broadcast("location", """
                {"surveyorId": "%s", "surveyId": "%s", "projectId": "%s",
                 "location": {"coordinates": {"latitude": 25.2048, "longitude": 55.2708}, "accuracy": 10}}""".formatted(surveyor, survey, project));
    }

    void notification(String user, String title, String message, String priority) {
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("userId", user).put("event", "notification");
        body.putObject("data").put("title", title).put("message", message).put("priority", priority);
        broadcast("user", body.toString());
    }

    /** Posts to the broadcast API, which must take it. */
    void broadcast(String path, String body) {
        Answer answer = http.post("/api/broadcast/" + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
