package app.realtime.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Writes JSON where there is no JAX-RS. */
public final class JsonAnswer {

    private JsonAnswer() {}

    static void send(HttpServletResponse response, int status, JsonNode json) throws IOException {
        byte[] bytes = json.toString().getBytes(UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Answers with an error, which no cache may keep. */
    public static void send(HttpServletResponse response, Problem problem) throws IOException {
        send(response, problem.status(), problem.body());
    }
}
