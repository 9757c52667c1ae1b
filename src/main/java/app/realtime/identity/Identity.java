package app.realtime.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is behind a connection or an HTTP call. Immutable. */
public sealed interface Identity {

    /** The role that may join any user's room and call the guarded HTTP API. */
    String ADMIN = "admin";

    /** The role of another service: it may call the guarded HTTP API. */
    String SERVICE = "service";

    /** The user's id, any text of 1 to 256 characters; a random one that begins {@code anon-} for an anonymous connection. */
    String userId();

    /** Nobody in particular: a connection without a token. */
    record Anonymous(String userId) implements Identity {}

    /**
     * The owner of a verified token.
     *
     * @param userId claim {@code userId}, or {@code upn}, or {@code sub}
     * @param email claim {@code email}
     * @param roles claim {@code role} (one name), or {@code groups}
     * @param rooms claim {@code rooms}: when present, the whole list of what may be joined, as room names or patterns
     *     such as {@code survey:*}
     * @param expiresAt claim {@code exp}
     */
    record User(
            String userId,
            Optional<String> email,
            Set<String> roles,
            Optional<List<String>> rooms,
            Optional<Instant> expiresAt)
            implements Identity {

        public User {
            roles = Set.copyOf(roles);
            rooms = rooms.map(List::copyOf);
        }
    }

    default boolean isAnonymous() {
        return this instanceof Anonymous;
    }

    default boolean hasRole(String role) {
        return this instanceof User user && user.roles().contains(role);
    }
}
