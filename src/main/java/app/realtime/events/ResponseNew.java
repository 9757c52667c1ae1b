package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code response.new}: somebody answered a survey. It goes to the survey's room and that of its project.
 *
 * @param projectId {@code metadata.projectId} of the body
 * @param response the answers, in any form
 * @param metadata an object, passed on as it came
 */
public record ResponseNew(
        String surveyId,
        String responseId,
        Optional<String> projectId,
        Optional<JsonNode> response,
        Optional<JsonNode> metadata)
        implements PushEvent {

    public static final String NAME = "response.new";

    /** @throws InvalidEventException if a required field is missing or a field is malformed */
    public static ResponseNew from(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String surveyId = fields.requiredRoomId("surveyId");
        String responseId = fields.requiredId("responseId");
        Optional<JsonNode> metadata = fields.object("metadata");
        Optional<String> projectId = fields.roomId("metadata.projectId");
        fields.check();
        return new ResponseNew(surveyId, responseId, projectId, fields.any("response"), metadata);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<RoomName> rooms() {
        return new Rooms().survey(Optional.of(surveyId)).project(projectId).union();
    }

    @Override
    public JsonNode payload(Instant serverTime) {
        return new Payload(NAME)
                .put("surveyId", surveyId)
                .put("responseId", responseId)
                .putNode("response", response)
                .putNode("metadata", metadata)
                .at(serverTime);
    }
}
