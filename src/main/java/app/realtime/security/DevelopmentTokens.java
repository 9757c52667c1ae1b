package app.realtime.security;

import app.realtime.api.TokenIssuer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens with the shared secret. To be wired up in development alone. Immutable. */
public final class DevelopmentTokens implements TokenIssuer {

    private final TokenSettings settings;
    private final Clock clock;

    public DevelopmentTokens(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<String> issue(Request request) {
        return settings.sharedSecret().map(secret -> sign(claims(request), secret));
    }

    private JwtClaims claims(Request request) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setClaim("userId", request.userId());
        claims.setClaim("role", request.role());
        request.rooms().ifPresent(rooms -> claims.setClaim("rooms", rooms));
        settings.issuer().ifPresent(claims::setIssuer);
        settings.audience().ifPresent(claims::setAudience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plus(request.validity()).getEpochSecond()));
        return claims;
    }

    private static String sign(JwtClaims claims, SharedSecret secret) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(
                new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256));
        // A short secret is allowed in development; see JwtVerifier.
        token.setDoKeyValidation(false);
        token.setHeader("typ", "JWT");
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setKey(secret.toKey());
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
