package app.realtime.engineio.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request's query. The container's own {@code getParameter} may read, and so wait for, the body of
 * a form.
 */
record Query(Map<String, String> parameters) {

    /** A missing query is an empty one; of a repeated name the first value counts; what cannot be decoded is left out. */
    static Query parse(Optional<String> query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.orElse("").split("&")) {
            int equals = pair.indexOf('=');
            try {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return new Query(Map.copyOf(parameters));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether a parameter is there, and not empty. */
    boolean isGiven(String name) {
        return get(name).filter(value -> !value.isEmpty()).isPresent();
    }

    private static String decode(String text) {
        boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
        return plain ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
