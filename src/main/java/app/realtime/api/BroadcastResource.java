package app.realtime.api;

import app.realtime.events.CustomEvent;
import app.realtime.events.EventPublisher;
import app.realtime.events.EventSource;
import app.realtime.events.InvalidEventException;
import app.realtime.events.Publication;
import app.realtime.events.PushEvent;
import app.realtime.events.ResponseNew;
import app.realtime.events.SurveyorLocation;
import app.realtime.rooms.RoomSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/broadcast/…}: each takes one event and answers when it is on its way. */
@Path("/broadcast")
@Guarded
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Broadcast")
@SecurityRequirement(name = ApiApplication.API_KEY)
@SecurityRequirement(name = ApiApplication.BEARER)
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "401", ref = "Unauthorized")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "413", ref = "BodyTooLarge")
@APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class BroadcastResource {

    @Inject
    private EventPublisher publisher;

    @Inject
    private RoomSettings settings;

    @POST
    @Path("/room")
    @Operation(operationId = "broadcastToRoom", summary = "Send any event to one room")
    @APIResponse(responseCode = "200", ref = "SentToRoom")
    public JsonNode room(@RequestBody(ref = "RoomBroadcast") JsonNode body) throws InvalidEventException {
        CustomEvent event = CustomEvent.toRoom(body, settings.types());
        return sent(
                publisher.publish(event, EventSource.HTTP),
                success().put("room", event.room().toString()),
                event);
    }

    @POST
    @Path("/user")
    @Operation(operationId = "broadcastToUser", summary = "Send any event to every connection of one user")
    @APIResponse(responseCode = "200", ref = "SentToUser")
    public JsonNode user(@RequestBody(ref = "UserBroadcast") JsonNode body) throws InvalidEventException {
        CustomEvent event = CustomEvent.toUser(body);
        return sent(
                publisher.publish(event, EventSource.HTTP),
                success().put("userId", event.room().id()),
                event);
    }

    @POST
    @Path("/global")
    @Operation(operationId = "broadcastToEverybody", summary = "Send any event to every connection")
    @APIResponse(responseCode = "200", ref = "SentToEverybody")
    public JsonNode global(@RequestBody(ref = "GlobalBroadcast") JsonNode body) throws InvalidEventException {
        CustomEvent event = CustomEvent.toEverybody(body);
        return sent(publisher.publish(event, EventSource.HTTP), success(), event);
    }

    @POST
    @Path("/survey-response")
    @Operation(
            operationId = "broadcastSurveyResponse",
            summary = "Tell of a new response to a survey",
            description = "Sends response.new to the survey's room and that of its project.")
    @APIResponse(responseCode = "200", ref = "SentSurveyResponse")
    public JsonNode surveyResponse(@RequestBody(ref = "SurveyResponse") JsonNode body) throws InvalidEventException {
        ResponseNew event = ResponseNew.from(body);
        ObjectNode answer = success().put("surveyId", event.surveyId()).put("responseId", event.responseId());
        event.projectId().ifPresent(id -> answer.put("projectId", id));
        return sent(publisher.publish(event, EventSource.HTTP), answer, event);
    }

    @POST
    @Path("/location")
    @Operation(
            operationId = "broadcastLocation",
            summary = "Tell where a surveyor is",
            description = "Sends surveyor.location to the surveyor and to the rooms of survey and project.")
    @APIResponse(responseCode = "200", ref = "SentLocation")
    public JsonNode location(@RequestBody(ref = "Location") JsonNode body) throws InvalidEventException {
        SurveyorLocation event = SurveyorLocation.from(body);
        ObjectNode answer = success().put("surveyorId", event.surveyorId());
        event.surveyId().ifPresent(id -> answer.put("surveyId", id));
        event.projectId().ifPresent(id -> answer.put("projectId", id));
        return sent(publisher.publish(event, EventSource.HTTP), answer, event);
    }

    private static ObjectNode success() {
        return JsonNodeFactory.instance.objectNode().put("success", true);
    }

    private static JsonNode sent(Publication publication, ObjectNode answer, PushEvent event) {
        return answer.put("event", event.name())
                .put("recipients", publication.recipients())
                .put("timestamp", publication.timestamp());
    }
}
