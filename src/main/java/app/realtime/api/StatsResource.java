package app.realtime.api;

import app.realtime.json.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/stats}. */
@Path("/stats")
@Guarded
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Statistics")
@SecurityRequirement(name = ApiApplication.API_KEY)
@SecurityRequirement(name = ApiApplication.BEARER)
@APIResponse(responseCode = "401", ref = "Unauthorized")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "500", ref = "InternalError")
public class StatsResource {

    @Inject
    private StatsSource source;

    @Inject
    private Clock clock;

    @GET
    @Operation(
            operationId = "stats",
            summary = "Who is connected, and in which rooms: all instances together, and each")
    @APIResponse(responseCode = "200", ref = "Stats")
    public CompletionStage<JsonNode> stats(
            @QueryParam("rooms")
                    @Parameter(
                            description = "How many rooms to list at most, the fullest first; all where it is absent",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    String most) {
        long listed = most == null ? Long.MAX_VALUE : number(most);
        return source.stats().thenApply(now -> body(now, listed));
    }

    private JsonNode body(StatsSource.Stats now, long listed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("success", true);
        ObjectNode stats = body.putObject("stats");
        now.connections().write(stats);
        stats.put("totalRooms", now.rooms().size())
                .put("uniqueUsers", now.uniqueUsers())
                .put("uptime", now.uptime().toSeconds());
        now.kafka().write(stats.putObject("kafka"));
        now.cluster().write(stats.putObject("cluster"));
        now.events().write(stats.putObject("events"));
        ArrayNode rooms = stats.putArray("roomStats");
        now.rooms().stream()
                .limit(listed)
                .forEach(room -> rooms.addObject().put("name", room.name()).put("connections", room.connections()));
        return body.put("timestamp", Timestamps.format(clock.instant()));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new Problem(400, "bad_request", "The query parameter rooms must be a whole number.").exception();
        }
        return Long.parseLong(text);
    }
}
