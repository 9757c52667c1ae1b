package app.realtime.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes tokens that this service believes, for development. Thread-safe, does not block. */
@FunctionalInterface
public interface TokenIssuer {

    /** A signed token; nothing where none are made: outside development, and without a shared secret. */
    Optional<String> issue(Request request);

    /**
     * Whose token, and what it allows.
     *
     * @param rooms claim {@code rooms}: when present, all that may be joined
     */
    record Request(String userId, String role, Optional<List<String>> rooms, Duration validity) {

        public Request {
            rooms = rooms.map(List::copyOf);
        }
    }
}
