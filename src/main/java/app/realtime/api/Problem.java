package app.realtime.api;

import app.realtime.events.FieldProblem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error answer: {@code {error, code}}, with {@code fields} or {@code reference} where there are such.
 *
 * @param status the HTTP status, 400 or above
 * @param code for programs
 * @param error for people
 * @param fields what is wrong with which field of the body
 * @param reference under which the cause is found in the log
 */
public record Problem(int status, String code, String error, List<FieldProblem> fields, Optional<String> reference) {

    public Problem {
        fields = List.copyOf(fields);
    }

    public Problem(int status, String code, String error) {
        this(status, code, error, List.of(), Optional.empty());
    }

    static Problem ofFields(List<FieldProblem> fields) {
        return ofFields(fields, fields.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
    }

    static Problem ofFields(List<FieldProblem> fields, String message) {
        return new Problem(400, "invalid_body", "Invalid body: " + message, fields, Optional.empty());
    }

    /** An error of this service. */
    static Problem internal(String reference) {
        return new Problem(
                500,
                "internal_error",
                "The service failed to answer. Its log has the cause under this reference.",
                List.of(),
                Optional.of(reference));
    }

    /** What a status says by itself, for errors that the container or JAX-RS found. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> new Problem(status, "bad_request", "The request is malformed.");
            case 401 -> new Problem(status, "unauthorized", "This needs an API key or a token.");
            case 403 -> new Problem(status, "forbidden", "This is not allowed.");
            case 404 -> new Problem(status, "not_found", "There is nothing at this address.");
            case 405 ->
                new Problem(status, "method_not_allowed", "This address does not answer that method; see Allow.");
            case 406 -> new Problem(status, "not_acceptable", "The answer is application/json, which Accept excludes.");
            case 413 -> new Problem(status, "body_too_large", "The body is larger than 1 MB.");
            case 414 -> new Problem(status, "address_too_long", "The address is too long.");
            case 415 ->
                new Problem(
                        status,
                        "unsupported_media_type",
                        "The body must be JSON: send Content-Type: application/json, without Content-Encoding.");
            case 429 -> new Problem(status, "too_many_requests", "Too many requests; try again later.");
            case 431 -> new Problem(status, "headers_too_large", "The headers are too large.");
            case 503 -> new Problem(status, "unavailable", "The service is not available; try again later.");
            default ->
                status < 500
                        ? new Problem(status, "request_refused", "The request was refused.")
                        : new Problem(status, "internal_error", "The service failed to answer.");
        };
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error).put("code", code);
        if (!fields.isEmpty()) {
            ArrayNode list = body.putArray("fields");
            fields.forEach(field -> list.addObject().put("field", field.field()).put("problem", field.problem()));
        }
        reference.ifPresent(text -> body.put("reference", text));
        return body;
    }

    Response.ResponseBuilder response() {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body());
    }

    /** To end the handling of a request with this answer. */
    WebApplicationException exception() {
        return new WebApplicationException(error, response().build());
    }
}
