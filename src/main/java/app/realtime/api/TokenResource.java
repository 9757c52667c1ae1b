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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /api/admin/tokens}: only where APP_ENV is development. */
@Path("/admin/tokens")
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
@APIResponse(responseCode = "403", ref = "DevelopmentOnly")
@APIResponse(responseCode = "413", ref = "BodyTooLarge")
@APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
@APIResponse(responseCode = "500", ref = "InternalError")
public class TokenResource {

    private static final int MAX_USER_ID = 256;
    private static final String ROLE = "[A-Za-z0-9._-]{1,64}";
    private static final int MAX_ROOMS = 100;
    private static final int DEFAULT_SECONDS = 3600;
    private static final int MAX_SECONDS = 24 * 3600;

    @Inject
    private TokenIssuer issuer;

    @Inject
    private Clock clock;

    @POST
    @Operation(
            operationId = "issueToken",
            summary = "Make a token for development",
            description = "Signed with JWT_SECRET. Only where APP_ENV is development.")
    @APIResponse(responseCode = "200", ref = "Token")
    public JsonNode issue(@RequestBody(ref = "TokenRequest") JsonNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        TokenIssuer.Request request = new TokenIssuer.Request(
                userId(body.path("userId"), problems),
                role(body.path("role"), problems),
                rooms(body.path("rooms"), problems),
                validity(body.path("expiresIn"), problems));
        if (!problems.isEmpty()) {
            throw Problem.ofFields(problems).exception();
        }
        String token = issuer.issue(request)
                .orElseThrow(() -> new Problem(
                                403,
                                "development_only",
                                "Tokens are made where APP_ENV is development and JWT_SECRET is used.")
                        .exception());
        return JsonNodeFactory.instance
                .objectNode()
                .put("success", true)
                .put("token", token)
                .put("userId", request.userId())
                .put("role", request.role())
                .put("expiresAt", Timestamps.format(clock.instant().plus(request.validity())));
    }

    private static String userId(JsonNode node, List<FieldProblem> problems) {
        String userId = node.asString("");
        if (!node.isString() || userId.isBlank() || userId.length() > MAX_USER_ID) {
            problems.add(new FieldProblem("userId", "must be a text of 1 to " + MAX_USER_ID + " characters"));
        }
        return userId;
    }

    private static String role(JsonNode node, List<FieldProblem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return "user";
        }
        if (!node.isString() || !node.stringValue().matches(ROLE)) {
            problems.add(new FieldProblem("role", "must be a name such as user, service or admin"));
        }
        return node.asString("");
    }

    private static Optional<List<String>> rooms(JsonNode node, List<FieldProblem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        List<String> rooms = new ArrayList<>();
        boolean texts = node.isArray() && node.size() <= MAX_ROOMS;
        for (JsonNode room : node) {
            texts &= room.isString();
            rooms.add(room.asString(""));
        }
        if (!texts) {
            problems.add(new FieldProblem("rooms", "must be a list of at most " + MAX_ROOMS + " room names"));
        }
        return Optional.of(rooms);
    }

    private static Duration validity(JsonNode node, List<FieldProblem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return Duration.ofSeconds(DEFAULT_SECONDS);
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < 1
                || node.intValue() > MAX_SECONDS) {
            problems.add(new FieldProblem("expiresIn", "must be a number of seconds from 1 to " + MAX_SECONDS));
            return Duration.ofSeconds(DEFAULT_SECONDS);
        }
        return Duration.ofSeconds(node.intValue());
    }
}
