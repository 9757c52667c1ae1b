package app.realtime.fuzz;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the service may answer, whatever it is asked. */
final class Rules {

    /** The reference server answers a body of packets with these, as HTML, to keep old browsers from a download. */
    private static final Set<String> WORDS =
            Set.of("", "ok", "parse error", "payload too large", "overlapping poll", "overlapping body");

    /**
     * Liberty's own answers, given before any of our code is asked: by status, the beginning of the page, and why.
     */
    private static final Map<Integer, String> CONTAINER = Map.of(
            // A path with escapes, or bytes, that are no text: refused before it is known which application it is for.
            400, "<H1>CWWWC0005I: The request URI has invalid or improperly encoded characters",
            // The container's default for TRACE, which no servlet is asked about.
            403, "Error 403: Illegal request. Default implementation of TRACE not allowed.");

    private Rules() {}

    /** What is wrong with the answer; empty if nothing is. */
    static Optional<String> broken(HttpAnswer answer, boolean head) {
        if (answer.status() >= 500) {
            return Optional.of("a failure of the server: " + answer);
        }
        if (head || answer.status() < 200 || answer.status() == 204 || answer.status() == 304) {
            return Optional.empty();
        }
        boolean allowed = switch (answer.mediaType()) {
            case "application/json" -> answer.status() == 200 ? isJson(answer.text()) : isError(answer.text());
            case "text/html" -> WORDS.contains(answer.text()) || isContainers(answer);
            case "text/plain", "application/octet-stream" -> answer.status() == 200;
            // An answer without a body.
            case "" -> answer.body().length == 0;
            default -> answer.status() == 200;
        };
        return allowed ? Optional.empty() : Optional.of("an answer of no known shape: " + answer);
    }

    private static boolean isContainers(HttpAnswer answer) {
        String beginning = CONTAINER.get(answer.status());
        return beginning != null && answer.text().startsWith(beginning);
    }

    private static boolean isJson(String text) {
        try {
            JsonMapper.shared().readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Engine.IO's errors have a number and a message, all others a text and a name. */
    private static boolean isError(String text) {
        try {
            JsonNode error = JsonMapper.shared().readTree(text);
            boolean engine = error.path("code").isInt()
                    && error.path("code").intValue() >= 0
                    && error.path("code").intValue() <= 5
                    && error.path("message").isString();
            return engine
                    || (error.path("error").isString() && error.path("code").isString());
        } catch (JacksonException e) {
            return false;
        }
    }
}
