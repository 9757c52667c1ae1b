package app.realtime.api;

import app.realtime.identity.Identity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A verified token as MicroProfile JWT shows it: {@code upn}, {@code groups}, {@code email} and {@code exp} (seconds)
 * of its owner. The text of the token is not kept. Immutable.
 */
final class VerifiedToken implements JsonWebToken {

    private final Map<String, Object> claims;

    VerifiedToken(Identity.User user) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(Claims.upn.name(), user.userId());
        all.put(Claims.groups.name(), user.roles());
        user.email().ifPresent(email -> all.put(Claims.email.name(), email));
        user.expiresAt().map(Instant::getEpochSecond).ifPresent(exp -> all.put(Claims.exp.name(), exp));
        claims = Map.copyOf(all);
    }

    @Override
    public String getName() {
        return getClaim(Claims.upn.name());
    }

    @Override
    public Set<String> getClaimNames() {
        return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked") // The interface lets the caller name the type.
    public <T> T getClaim(String claimName) {
        return (T) claims.get(claimName);
    }
}
