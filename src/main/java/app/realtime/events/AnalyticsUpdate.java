package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code analytics.update}: new figures of a survey or a project. It has at least one of the two ids and goes to the
 * room of each.
 *
 * @param analytics the figures, in any form
 * @param updateType {@code type} of the body, such as {@code realtime}
 */
public record AnalyticsUpdate(
        Optional<String> surveyId,
        Optional<String> projectId,
        Optional<JsonNode> analytics,
        Optional<String> updateType)
        implements PushEvent {

    public static final String NAME = "analytics.update";

    /** @throws InvalidEventException if both ids are missing or a field is malformed */
    public static AnalyticsUpdate from(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        if (fields.any("surveyId").isEmpty() && fields.any("projectId").isEmpty()) {
            fields.problem("surveyId", "or projectId is required");
        }
        Optional<String> surveyId = fields.roomId("surveyId");
        Optional<String> projectId = fields.roomId("projectId");
        Optional<String> updateType = fields.text("type");
        fields.check();
        return new AnalyticsUpdate(surveyId, projectId, fields.any("analytics"), updateType);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<RoomName> rooms() {
        return new Rooms().survey(surveyId).project(projectId).union();
    }

    @Override
    public JsonNode payload(Instant serverTime) {
        return new Payload(NAME)
                .putText("surveyId", surveyId)
                .putText("projectId", projectId)
                .putNode("analytics", analytics)
                .putText("updateType", updateType)
                .at(serverTime);
    }
}
