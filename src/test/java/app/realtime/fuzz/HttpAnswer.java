package app.realtime.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer, parsed strictly.
 *
 * @param headers names in lower case; the last of equal names
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without parameters, in lower case; empty if there is none. */
    String mediaType() {
        return header("content-type").orElse("").split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    boolean endsConnection() {
        return header("connection").orElse("").equalsIgnoreCase("close");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + mediaType() + " " + text.substring(0, Math.min(200, text.length()));
    }
}
