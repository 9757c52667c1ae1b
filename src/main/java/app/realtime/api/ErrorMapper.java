package app.realtime.api;

import app.realtime.events.InvalidEventException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes JSON of everything that goes wrong under {@code /api}. Only errors of this service are logged loudly. */
@Provider
public class ErrorMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof InvalidEventException invalid) {
            LOG.log(Level.FINE, "Refused an event: {0}", invalid.getMessage());
            return Problem.ofFields(invalid.problems(), invalid.getMessage())
                    .response()
                    .build();
        }
        if (thrown instanceof WebApplicationException answer
                && answer.getResponse().getStatus() != 500) {
            return inJson(answer.getResponse());
        }
        return Failures.log(thrown).response().build();
    }

    private static Response inJson(Response answer) {
        LOG.log(Level.FINE, "Answered {0}", answer.getStatus());
        if (answer.getStatus() < 400 || answer.getEntity() instanceof tools.jackson.databind.JsonNode) {
            return answer;
        }
        Response.ResponseBuilder json = Problem.ofStatus(answer.getStatus()).response();
        // Allow, Retry-After and the like; the type and length are those of the text that is replaced.
        answer.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                    && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> json.header(name, value));
            }
        });
        return json.build();
    }
}
