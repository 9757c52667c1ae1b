package app.realtime.contract;

import static app.realtime.contract.Payloads.assertPayload;
import static app.realtime.contract.Payloads.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The contract's table "Events out", as far as Kafka is the source. */
@OnSharedService
class KafkaEventsIT {

    private final Service service;

    KafkaEventsIT(Service service) {
        this.service = service;
    }

    @Test
    void tellsTheRoomsOfSurveyAndProjectOfAResponseOnceEach() {
        String survey = unique("s");
        String project = unique("p");
        try (SocketClient both = service.user("responses-both").join("survey:" + survey, "project:" + project);
                SocketClient one = service.user("responses-one").join("project:" + project);
                SocketClient none = service.user("responses-none").join("survey:" + unique("other"))) {
            service.records().send(Service.RESPONSES, """
                            {"surveyId":"%1$s","responseId":"response456","response":{"q1":["a",1.5,null]},
                             "metadata":{"projectId":"%2$s","timestamp":"2024-01-01T00:00:00.000Z"},"unknown":1}""".formatted(survey, project));
            service.records()
                    .send(
                            Service.RESPONSES,
                            "{\"surveyId\":\"%s\",\"responseId\":7,\"metadata\":{\"projectId\":\"%s\"}}"
                                    .formatted(survey, project));
            String expected = """
                    {"type":"response.new","surveyId":"%1$s","responseId":"response456","response":{"q1":["a",1.5,null]},
                     "metadata":{"projectId":"%2$s","timestamp":"2024-01-01T00:00:00.000Z"}}""".formatted(survey, project);
            for (SocketClient client : List.of(both, one)) {
                assertPayload(client.next("response.new"), expected);
                assertThat(client.next("response.new").path("responseId").asString())
                        .as("the second record, not the first once more")
                        .isEqualTo("7");
            }
            assertThat(received(none)).doesNotContain("response.new");
        }
    }

    @Test
    void leavesOutWhatARecordDoesNotHave() {
        String survey = unique("s");
        try (SocketClient client = service.user("responses-absent").join("survey:" + survey)) {
            service.records()
                    .send(
                            Service.RESPONSES,
                            "{\"surveyId\":\"%s\",\"responseId\":\"r\",\"response\":null,\"metadata\":null}"
                                    .formatted(survey));
            assertPayload(
                    client.next("response.new"),
                    "{\"type\":\"response.new\",\"surveyId\":\"%s\",\"responseId\":\"r\"}".formatted(survey));
        }
    }

    @Test
    void tellsOfNewAnalytics() {
        String survey = unique("s");
        String project = unique("p");
        try (SocketClient client = service.user("analytics").join("survey:" + survey, "project:" + project)) {
            service.records()
                    .send(
                            Service.ANALYTICS,
                            "{\"surveyId\":\"%s\",\"projectId\":\"%s\",\"analytics\":{\"n\":3},\"type\":\"realtime\"}"
                                    .formatted(survey, project));
            service.records().send(Service.ANALYTICS, "{\"projectId\":\"%s\"}".formatted(project));
            assertPayload(client.next("analytics.update"), """
                    {"type":"analytics.update","surveyId":"%s","projectId":"%s","analytics":{"n":3},
                     "updateType":"realtime"}""".formatted(survey, project));
            assertPayload(
                    client.next("analytics.update"),
                    "{\"type\":\"analytics.update\",\"projectId\":\"%s\"}".formatted(project));
        }
    }

    @Test
    void tellsWhereASurveyorIs() {
        String survey = unique("s");
        String project = unique("p");
        String surveyor = unique("u");
        try (SocketClient inSurvey = service.user("loc-survey").join("survey:" + survey);
                SocketClient inProject = service.user("loc-project").join("project:" + project);
                SocketClient self = service.user(surveyor).join("survey:" + survey)) {
            String body = "\"surveyorId\":\"%s\",\"surveyId\":\"%s\",\"projectId\":\"%s\","
                            .formatted(surveyor, survey, project)
                    + """
                      "location":{"coordinates":{"latitude":-90,"longitude":179.5},"accuracy":10},
                      "metadata":{"battery":5}}""";
            service.records().send(Service.LOCATIONS, "{" + body);
            service.records()
                    .send(
                            Service.LOCATIONS,
                            "{\"surveyorId\":\"%s\",\"location\":{\"coordinates\":{\"latitude\":0,\"longitude\":0}}}"
                                    .formatted(surveyor));
            for (SocketClient client : List.of(inSurvey, inProject, self)) {
                assertPayload(client.next("surveyor.location"), "{\"type\":\"surveyor.location\"," + body);
            }
            assertPayload(self.next("surveyor.location"), """
                    {"type":"surveyor.location","surveyorId":"%s",
                     "location":{"coordinates":{"latitude":0,"longitude":0}}}""".formatted(surveyor));
        }
    }

    @Test
    void notifiesOneUserOrEverybody() {
        String user = unique("notified");
        String title = unique("title");
        try (SocketClient one = service.user(user);
                SocketClient again = service.user(user);
                SocketClient anonymous = service.anonymous()) {
            service.records().send(Service.NOTIFICATIONS, """
                            {"userId":"%s","type":"warning","title":"%s","message":"m","priority":"high",
                             "metadata":{"a":1}}""".formatted(user, title));
            service.records().send(Service.NOTIFICATIONS, "{\"message\":\"%s\"}".formatted(title));
            for (SocketClient client : List.of(one, again)) {
                assertPayload(client.next("notification"), """
                        {"type":"notification","notificationType":"warning","title":"%s","message":"m",
                         "priority":"high","metadata":{"a":1}}""".formatted(title));
            }
            for (SocketClient client : List.of(one, again, anonymous)) {
                assertPayload(client.next("notification"), """
                        {"type":"notification","message":"%s","priority":"normal"}""".formatted(title));
            }
        }
    }

    @Test
    void passesOverRecordsThatAreNoEvents() {
        String survey = unique("s");
        double before = rejected();
        double delivered = metric(Service.RESPONSES, "delivered");
        try (SocketClient client = service.user("invalid").join("survey:" + survey)) {
            List<byte[]> values = java.util.Arrays.asList(
                    null,
                    new byte[0],
                    new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                    bytes("{\"surveyId\":\"" + survey + "\""),
                    bytes("[".repeat(100_000)),
                    bytes("[{\"surveyId\":\"" + survey + "\",\"responseId\":\"r\"}]"),
                    bytes("{\"surveyId\":\"" + survey + "\"}"),
                    bytes("{\"surveyId\":\"a b\",\"responseId\":\"r\"}"),
                    bytes("{\"surveyId\":\"" + survey + "\",\"responseId\":\"r\",\"metadata\":[]}"));
            for (byte[] value : values) {
                assertPassedOver(service.records().send(Service.RESPONSES, value));
            }
            service.records()
                    .send(Service.RESPONSES, "{\"surveyId\":\"%s\",\"responseId\":\"good\"}".formatted(survey));
            assertThat(client.next("response.new").path("responseId").asString())
                    .isEqualTo("good");
            assertThat(rejected()).isEqualTo(before + values.size());
            assertThat(metric(Service.RESPONSES, "delivered")).isEqualTo(delivered + 1);
            assertThat(service.server().logText()).doesNotContain(survey);
        }
    }

    @Test
    void asksOfEachKindOfRecordWhatItNeeds() {
        assertPassedOver(service.records().send(Service.ANALYTICS, "{\"analytics\":{}}"));
        assertPassedOver(service.records().send(Service.NOTIFICATIONS, "{\"type\":\"info\",\"title\":\"\"}"));
        assertPassedOver(service.records().send(Service.LOCATIONS, "{\"surveyorId\":\"u\"}"));
        for (String coordinates : List.of(
                "{\"latitude\":90.1,\"longitude\":0}",
                "{\"latitude\":0,\"longitude\":-180.5}",
                "{\"latitude\":\"1\",\"longitude\":0}",
                "{\"longitude\":0}")) {
            assertPassedOver(service.records()
                    .send(
                            Service.LOCATIONS,
                            "{\"surveyorId\":\"u\",\"location\":{\"coordinates\":" + coordinates + "}}"));
        }
    }

    @Test
    void keepsTheOrderOfEachPartition() {
        String survey = unique("s");
        int perPartition = 100;
        try (SocketClient client = service.user("ordered").join("survey:" + survey)) {
            for (int i = 0; i < perPartition; i++) {
                for (int partition = 0; partition < Service.PARTITIONS; partition++) {
                    service.records()
                            .begin(
                                    Service.RESPONSES,
                                    partition,
                                    bytes("{\"surveyId\":\"%s\",\"responseId\":\"r\",\"response\":[%d,%d]}"
                                            .formatted(survey, partition, i)));
                }
            }
            Map<Integer, Integer> next = new HashMap<>();
            for (int i = 0; i < perPartition * Service.PARTITIONS; i++) {
                JsonNode response = client.next("response.new").path("response");
                assertThat(response.get(1).asInt())
                        .isEqualTo(next.merge(response.get(0).asInt(), 1, Integer::sum) - 1);
            }
        }
    }

    private void assertPassedOver(RecordMetadata record) {
        String position =
                "topic %s, partition %d, offset %d".formatted(record.topic(), record.partition(), record.offset());
        Awaitility.await(position)
                .atMost(Duration.ofSeconds(20))
                .until(() -> service.server().logText().contains("Rejected an invalid record: " + position + ":"));
    }

    private double rejected() {
        return metric(Service.RESPONSES, "malformed") + metric(Service.RESPONSES, "invalid");
    }

    private double metric(String topic, String outcome) {
        return service.metric("realtime_kafka_records_total", "\"" + topic + "\"", "\"" + outcome + "\"");
    }

    /** What has come before an answer that the client asks for now. */
    private static List<String> received(SocketClient client) {
        client.ask("get_rooms");
        return client.until("rooms_list").stream().map(Inbox.Event::name).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
