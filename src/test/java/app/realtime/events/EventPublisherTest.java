package app.realtime.events;

import static app.realtime.events.Bodies.TIME;
import static app.realtime.events.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomName;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventPublisherTest {

    @Test
    void broadcastsOnceToTheUnionWithTheServersTime() throws Exception {
        List<String> sent = new ArrayList<>();
        RoomManager rooms = new RoomManager() {
            @Override
            public int broadcast(Collection<RoomName> names, String event, JsonNode payload) {
                sent.add(names + " " + event + " " + payload);
                return 3;
            }
        };
        List<String> observed = new ArrayList<>();
        EventPublisher publisher = new EventPublisher(
                rooms,
                Clock.fixed(TIME, ZoneOffset.UTC),
                List.of((event, source, payload, recipients) ->
                        observed.add(event.name() + " " + source.label() + " " + recipients + " " + payload)));

        Publication publication =
                publisher.publish(AnalyticsUpdate.from(json("{'surveyId':'s','projectId':'p'}")), EventSource.KAFKA);

        assertThat(publication).isEqualTo(new Publication(3, "2024-01-01T00:00:00.000Z"));
        assertThat(sent)
                .containsExactly("[survey:s, project:p] analytics.update {\"type\":\"analytics.update\","
                        + "\"surveyId\":\"s\",\"projectId\":\"p\",\"timestamp\":\"2024-01-01T00:00:00.000Z\"}");
        assertThat(observed).singleElement().asString().startsWith("analytics.update kafka 3 {\"type\"");
    }
}
