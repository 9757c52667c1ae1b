package app.realtime.api;

import app.realtime.json.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /api/admin/drain}. */
@Path("/admin/drain")
@Guarded
@AdminOnly
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
@SecurityRequirement(name = ApiApplication.API_KEY)
@SecurityRequirement(name = ApiApplication.BEARER)
@APIResponse(responseCode = "401", ref = "Unauthorized")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "500", ref = "InternalError")
public class DrainResource {

    @Inject
    private DrainControl drain;

    @Inject
    private Clock clock;

    @POST
    @Operation(
            operationId = "drain",
            summary = "Take this instance out of service",
            description = "As SIGTERM does, but without ending the process: readiness fails, new sessions are refused,"
                    + " Kafka's records are left to other instances, and connections are closed little by little. There"
                    + " is no way back but to start the service anew.")
    @APIResponse(responseCode = "202", ref = "Draining")
    public Response drain() {
        drain.begin();
        return Response.accepted(JsonNodeFactory.instance
                        .objectNode()
                        .put("success", true)
                        .put("seconds", drain.within().toSeconds())
                        .put("timestamp", Timestamps.format(clock.instant())))
                .build();
    }
}
