package app.realtime.api;

import app.realtime.identity.Identity;
import java.util.Optional;

/** Decides who may call the guarded part of the API. Thread-safe, does not block. */
@FunctionalInterface
public interface CallerAuthenticator {

    /**
     * Judges what a caller brought along.
     *
     * @param apiKey value of {@code X-API-Key}
     * @param bearerToken what follows {@code Bearer} in {@code Authorization}
     */
    Decision authenticate(Optional<String> apiKey, Optional<String> bearerToken);

    /** Whether a caller may go on, and as whom. */
    sealed interface Decision {}

    /** Everybody may: the API is open, as in development without keys. */
    record Open() implements Decision {}

    /** The caller holds an API key. */
    record ByKey() implements Decision {}

    /** The caller holds a verified token with a role that may. */
    record ByToken(Identity.User user) implements Decision {}

    /**
     * The caller may not go on.
     *
     * @param status 401 (nothing valid was brought) or 403 (somebody known who may not)
     * @param code for programs, such as {@code token_expired}
     * @param message for people; holds nothing secret
     */
    record Refused(int status, String code, String message) implements Decision {}
}
