package app.realtime.api;

import app.realtime.json.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    @Operation(operationId = "stats", summary = "Who is connected to this instance, and in which rooms")
    @APIResponse(responseCode = "200", ref = "Stats")
    public JsonNode stats() {
        StatsSource.Stats now = source.stats();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("success", true);
        ObjectNode stats = body.putObject("stats")
                .put("totalConnections", now.connections().total())
                .put("authenticatedConnections", now.connections().authenticated())
                .put("anonymousConnections", now.connections().anonymous())
                .put("totalRooms", now.rooms().size())
                .put("uniqueUsers", now.uniqueUsers())
                .put("uptime", now.uptime().toSeconds());
        now.kafka().write(stats.putObject("kafka"));
        stats.putObject("cluster").put("state", now.cluster().label());
        ArrayNode rooms = stats.putArray("roomStats");
        now.rooms().forEach(room -> rooms.addObject().put("name", room.name()).put("connections", room.connections()));
        return body.put("timestamp", Timestamps.format(clock.instant()));
    }
}
