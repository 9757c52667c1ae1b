package app.realtime.connection;

import app.realtime.engineio.HandshakeRequest;
import java.util.Optional;

/** The token in the {@code Authorization} header of a request (RFC 6750, section 2.1). */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    static Optional<String> of(HandshakeRequest request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
