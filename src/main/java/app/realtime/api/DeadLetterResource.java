package app.realtime.api;

import app.realtime.api.DeadLetterRedrive.Answer;
import app.realtime.api.DeadLetterRedrive.Busy;
import app.realtime.api.DeadLetterRedrive.Done;
import app.realtime.api.DeadLetterRedrive.Result;
import app.realtime.api.DeadLetterRedrive.Unavailable;
import app.realtime.events.FieldProblem;
import app.realtime.json.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/admin/dead-letters/redrive}. */
@Path("/admin/dead-letters")
@Guarded
@AdminOnly
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = ApiApplication.API_KEY)
@SecurityRequirement(name = ApiApplication.BEARER)
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "401", ref = "Unauthorized")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "413", ref = "BodyTooLarge")
@APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class DeadLetterResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    @Inject
    private DeadLetterRedrive deadLetters;

    @Inject
    private Clock clock;

    @POST
    @Path("/redrive")
    @Operation(
            operationId = "redriveDeadLetters",
            summary = "Send rejected Kafka records through again",
            description = "Takes the oldest dead letters of a topic, one after the other, and answers what happened to"
                    + " each. What is rejected again becomes a new dead letter. Takes some seconds.")
    @APIResponse(responseCode = "200", ref = "Redriven")
    @APIResponse(responseCode = "409", ref = "RedriveUnderWay")
    public CompletionStage<Response> redrive(@RequestBody(ref = "Redrive") JsonNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        String topic = topic(body.path("topic"), problems);
        int limit = limit(body.path("limit"), problems);
        if (!problems.isEmpty()) {
            throw Problem.ofFields(problems).exception();
        }
        return deadLetters.redrive(topic, limit).thenApply(answer -> answer(topic, answer));
    }

    private String topic(JsonNode node, List<FieldProblem> problems) {
        if (deadLetters.topics().isEmpty()) {
            throw new Problem(
                            503,
                            "dead_letters_disabled",
                            "There are no dead letters: KAFKA_BROKERS or KAFKA_DEAD_LETTER_SUFFIX is empty.")
                    .exception();
        }
        if (node.isMissingNode() || node.isNull()) {
            problems.add(new FieldProblem("topic", "is required"));
        } else if (!node.isString() || !deadLetters.topics().contains(node.stringValue())) {
            problems.add(new FieldProblem("topic", "must be one of " + String.join(", ", deadLetters.topics())));
        } else {
            return node.stringValue();
        }
        return "";
    }

    private static int limit(JsonNode node, List<FieldProblem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return DEFAULT_LIMIT;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > MAX_LIMIT) {
            problems.add(new FieldProblem("limit", "must be a whole number from 1 to " + MAX_LIMIT));
            return DEFAULT_LIMIT;
        }
        return node.intValue();
    }

    private Response answer(String topic, Answer answer) {
        if (answer instanceof Busy) {
            return new Problem(
                            409,
                            "redrive_under_way",
                            "Somebody redrives already, here or on another instance; try later.")
                    .response()
                    .build();
        }
        if (answer instanceof Unavailable) {
            return new Problem(503, "kafka_unavailable", "Kafka does not answer, or refuses; the log has why.")
                    .response()
                    .build();
        }
        Done done = (Done) answer;
        long delivered = done.results().stream()
                .filter(result -> result.recipients().isPresent())
                .count();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("success", true)
                .put("topic", topic)
                .put("deadLetterTopic", done.deadLetterTopic())
                .put("delivered", delivered)
                .put("rejected", done.results().size() - delivered)
                .put("remaining", done.remaining());
        ArrayNode results = body.putArray("results");
        done.results().forEach(result -> write(result, results.addObject()));
        return Response.ok(body.put("timestamp", Timestamps.format(clock.instant())))
                .build();
    }

    private static void write(Result result, ObjectNode node) {
        node.put("partition", result.partition()).put("offset", result.offset());
        result.originalPartition().ifPresent(partition -> node.put("originalPartition", partition));
        result.originalOffset().ifPresent(offset -> node.put("originalOffset", offset));
        node.put("outcome", result.outcome());
        result.detail().ifPresent(detail -> node.put("detail", detail));
        result.recipients().ifPresent(recipients -> node.put("recipients", recipients));
    }
}
