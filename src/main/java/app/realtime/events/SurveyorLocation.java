package app.realtime.events;

import app.realtime.rooms.RoomName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code surveyor.location}: where a surveyor is. It goes to the surveyor, and to the rooms of survey and project.
 *
 * @param location an object, passed on as it came; latitude and longitude, in degrees, are in
 *     its {@code coordinates}, or in itself
 * @param metadata an object, passed on as it came
 */
public record SurveyorLocation(
        String surveyorId,
        Optional<String> surveyId,
        Optional<String> projectId,
        JsonNode location,
        Optional<JsonNode> metadata)
        implements PushEvent {

    public static final String NAME = "surveyor.location";

    /** @throws InvalidEventException if a required field is missing or a field is malformed */
    public static SurveyorLocation from(JsonNode body) throws InvalidEventException {
        Fields fields = new Fields(body);
        String surveyorId = fields.requiredRoomId("surveyorId");
        Optional<String> surveyId = fields.roomId("surveyId");
        Optional<String> projectId = fields.roomId("projectId");
        checkLocation(fields);
        Optional<JsonNode> metadata = fields.object("metadata");
        fields.check();
        return new SurveyorLocation(
                surveyorId, surveyId, projectId, fields.any("location").orElseThrow(), metadata);
    }

    private static void checkLocation(Fields fields) {
        if (fields.any("location").isEmpty()) {
            fields.problem("location", "is required");
            return;
        }
        if (fields.object("location").isEmpty()) {
            return;
        }
        boolean flat = fields.any("location.coordinates").isEmpty()
                && (fields.any("location.latitude").isPresent()
                        || fields.any("location.longitude").isPresent());
        if (!flat
                && fields.any("location.coordinates").isPresent()
                && fields.object("location.coordinates").isEmpty()) {
            return;
        }
        String at = flat ? "location." : "location.coordinates.";
        fields.requireNumber(at + "latitude", -90, 90);
        fields.requireNumber(at + "longitude", -180, 180);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<RoomName> rooms() {
        return new Rooms().survey(surveyId).project(projectId).user(surveyorId).union();
    }

    @Override
    public JsonNode payload(Instant serverTime) {
        return new Payload(NAME)
                .put("surveyorId", surveyorId)
                .putText("surveyId", surveyId)
                .putText("projectId", projectId)
                .putNode("location", Optional.of(location))
                .putNode("metadata", metadata)
                .at(serverTime);
    }
}
