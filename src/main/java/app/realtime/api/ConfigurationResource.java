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

/** {@code GET /api/admin/configuration}. */
@Path("/admin/configuration")
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
public class ConfigurationResource {

    @Inject
    private EffectiveSettings effective;

    @Inject
    private Clock clock;

    @GET
    @Operation(
            operationId = "configuration",
            summary = "The variables that the service was started with",
            description = "Of secrets it tells only whether they are set.")
    @APIResponse(responseCode = "200", ref = "Configuration")
    public JsonNode configuration() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("success", true).put("environment", effective.environment());
        ArrayNode list = body.putArray("settings");
        for (EffectiveSettings.Setting setting : effective.settings()) {
            ObjectNode shown = list.addObject().put("name", setting.name());
            setting.value().ifPresent(value -> shown.put("value", value));
            shown.put("default", setting.isDefault()).put("secret", setting.secret());
        }
        return body.put("timestamp", Timestamps.format(clock.instant()));
    }
}
