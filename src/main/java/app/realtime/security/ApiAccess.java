package app.realtime.security;

import app.realtime.api.CallerAuthenticator;
import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets in who holds an API key, or a valid token with the role {@code admin} or {@code service}; everybody when the API
 * is open. Thread-safe.
 */
public final class ApiAccess implements CallerAuthenticator {

    private final TokenVerifier tokens;
    private final Predicate<String> isApiKey;
    private final boolean open;

    /**
     * @param isApiKey tells in constant time whether a text is one of the keys
     * @param open whether nobody is asked, as in development without keys
     */
    public ApiAccess(TokenVerifier tokens, Predicate<String> isApiKey, boolean open) {
        this.tokens = tokens;
        this.isApiKey = isApiKey;
        this.open = open;
    }

    @Override
    public Decision authenticate(Optional<String> apiKey, Optional<String> bearerToken) {
        if (open) {
            return new Open();
        }
        // A wrong key is refused even beside a good token: the caller means something that does not hold.
        if (apiKey.isPresent()) {
            return isApiKey.test(apiKey.get())
                    ? new ByKey()
                    : new Refused(401, "api_key_invalid", "The API key in X-API-Key is not valid.");
        }
        return bearerToken
                .map(this::byToken)
                .orElseGet(() -> new Refused(
                        401,
                        "credentials_required",
                        "This needs an API key in X-API-Key, or a token in Authorization: Bearer."));
    }

    private Decision byToken(String token) {
        Identity.User user;
        try {
            user = tokens.verify(token);
        } catch (TokenRefusedException e) {
            return new Refused(401, e.reason().code(), e.getMessage());
        }
        return user.hasRole(Identity.ADMIN) || user.hasRole(Identity.SERVICE)
                ? new ByToken(user)
                : new Refused(403, "role_required", "This needs a token whose role is admin or service.");
    }
}
