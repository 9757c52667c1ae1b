package app.realtime.api;

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
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /api/admin/kafka/records}. */
@Path("/admin/kafka/records")
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
public class RecordResource {

    @Inject
    private RecordSender sender;

    @Inject
    private Clock clock;

    @POST
    @Operation(
            operationId = "produceRecord",
            summary = "Produce one record to a topic that the service reads",
            description = "To try out what becomes of it. A value that is a string is sent as it is, so that a record"
                    + " which is no JSON can be tried too; any other value is sent as JSON.")
    @APIResponse(responseCode = "200", ref = "Produced")
    public CompletionStage<Response> produce(@RequestBody(ref = "Record") JsonNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        String topic = topic(body.path("topic"), problems);
        Optional<String> key = key(body.path("key"), problems);
        JsonNode value = body.path("value");
        if (value.isMissingNode() || value.isNull()) {
            problems.add(new FieldProblem("value", "is required"));
        }
        if (!problems.isEmpty()) {
            throw Problem.ofFields(problems).exception();
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return sender.send(topic, key, text).thenApply(place -> answer(topic, place));
    }

    private String topic(JsonNode node, List<FieldProblem> problems) {
        if (sender.topics().isEmpty()) {
            throw new Problem(503, "kafka_disabled", "The service runs without Kafka: KAFKA_BROKERS is empty.")
                    .exception();
        }
        if (node.isMissingNode() || node.isNull()) {
            problems.add(new FieldProblem("topic", "is required"));
        } else if (!node.isString() || !sender.topics().contains(node.stringValue())) {
            problems.add(new FieldProblem("topic", "must be one of " + String.join(", ", sender.topics())));
        } else {
            return node.stringValue();
        }
        return "";
    }

    private static Optional<String> key(JsonNode node, List<FieldProblem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            problems.add(new FieldProblem("key", "must be a string"));
            return Optional.empty();
        }
        return Optional.of(node.stringValue());
    }

    private Response answer(String topic, Optional<RecordSender.Place> place) {
        return place.map(taken -> Response.ok(JsonNodeFactory.instance
                                .objectNode()
                                .put("success", true)
                                .put("topic", topic)
                                .put("partition", taken.partition())
                                .put("offset", taken.offset())
                                .put("timestamp", Timestamps.format(clock.instant())))
                        .build())
                .orElseGet(() -> new Problem(
                                503, "kafka_unavailable", "Kafka does not answer, or refuses; the log has why.")
                        .response()
                        .build());
    }
}
