package app.realtime.api;

import app.realtime.json.Timestamps;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /health} on the public port. A servlet, because nothing of JAX-RS is needed to tell that all is well. */
@WebServlet(urlPatterns = HealthServlet.PATH, asyncSupported = true)
public class HealthServlet extends HttpServlet {

    /** Where it is, from the root of the host. */
    public static final String PATH = "/health";

    private static final String SERVICE = "websocket-service";
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    @Inject
    private HealthSource source;

    @Inject
    private Clock clock;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(response);
            case "OPTIONS" -> {
                response.setHeader("Allow", ALLOW);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> {
                response.setHeader("Allow", ALLOW);
                JsonAnswer.send(response, Problem.ofStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
            }
        }
    }

    private void answer(HttpServletResponse response) throws IOException {
        HealthSource.Health health = source.health();
        HealthSource.Status status = health.status();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", status.label())
                .put("service", SERVICE)
                .put("version", health.version())
                .put("timestamp", Timestamps.format(clock.instant()))
                .put("uptime", health.uptime().toSeconds());
        body.putObject("connections")
                .put("total", health.connections().total())
                .put("authenticated", health.connections().authenticated())
                .put("anonymous", health.connections().anonymous());
        ObjectNode kafka = body.putObject("kafka");
        if (health.open()) {
            health.kafka().write(kafka);
        } else {
            health.kafka().writeSummary(kafka);
        }
        body.putObject("cluster").put("state", health.cluster().label());
        JsonAnswer.send(
                response,
                status == HealthSource.Status.UNHEALTHY
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_OK,
                body);
    }
}
