package app.realtime.security;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web origin, {@code scheme://host[:port]} (RFC 6454), compared without regard to case and default ports. */
record Origin(String scheme, String host, int port) {

    private static final int NO_PORT = -1;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** Host names with underscores too: container networks have them. */
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9+.-]{0,63})://(\\[[0-9a-f:.]{2,45}]|[a-z0-9._~-]{1,253})(?::([0-9]{1,5}))?");

    static Optional<Origin> parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1);
        int port = matcher.group(3) == null ? defaultPort(scheme) : Integer.parseInt(matcher.group(3));
        return port == 0 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new Origin(scheme, matcher.group(2), port));
    }

    /** Whether a {@code Host} header names the same host and port, the scheme's default port if it names none. */
    boolean isHost(String hostHeader) {
        return parse(scheme + "://" + hostHeader.strip()).equals(Optional.of(this));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> HTTP_PORT;
            case "https", "wss" -> HTTPS_PORT;
            default -> NO_PORT;
        };
    }
}
