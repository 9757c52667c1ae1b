package app.realtime.security;

import static app.realtime.identity.TokenRefusedException.Reason.EXPIRED;
import static app.realtime.identity.TokenRefusedException.Reason.INVALID;

import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Checks the claims of a token whose signature is valid, and reads who it is about. Immutable. */
final class TokenClaims {

    /** Clocks differ a little; an expiry is kept to the second all the same. */
    private static final Duration NOT_BEFORE_SKEW = Duration.ofSeconds(5);

    private static final int MAX_USER_ID = 256;

    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final InstantSource clock;

    TokenClaims(Optional<String> issuer, Optional<String> audience, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    Identity.User read(String payload) throws TokenRefusedException {
        ClaimReader claims = parse(payload);
        Optional<Instant> expiresAt = claims.instant("exp");
        checkTime(expiresAt, claims.instant("nbf"));
        checkParties(claims);
        return new Identity.User(userId(claims), claims.text("email"), roles(claims), rooms(claims), expiresAt);
    }

    private static ClaimReader parse(String payload) throws TokenRefusedException {
        try {
            return new ClaimReader(JwtClaims.parse(payload));
        } catch (InvalidJwtException e) {
            throw new TokenRefusedException(INVALID, "Token claims are not a JSON object");
        }
    }

    private void checkTime(Optional<Instant> expiresAt, Optional<Instant> notBefore) throws TokenRefusedException {
        Instant now = clock.instant();
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
            throw new TokenRefusedException(EXPIRED, "Token expired");
        }
        if (notBefore.isPresent() && now.plus(NOT_BEFORE_SKEW).isBefore(notBefore.get())) {
            throw new TokenRefusedException(INVALID, "Token is not valid yet");
        }
    }

    private void checkParties(ClaimReader claims) throws TokenRefusedException {
        if (issuer.isPresent() && !issuer.equals(claims.text("iss"))) {
            throw new TokenRefusedException(INVALID, "Token issuer is not accepted");
        }
        if (audience.isPresent() && !claims.textOrTexts("aud").contains(audience.get())) {
            throw new TokenRefusedException(INVALID, "Token is meant for another audience");
        }
    }

    private static String userId(ClaimReader claims) throws TokenRefusedException {
        for (String name : List.of("userId", "upn", "sub")) {
            Optional<String> id = claims.textOrNumber(name);
            if (id.isPresent()) {
                if (!isUserId(id.get())) {
                    throw new TokenRefusedException(
                            INVALID,
                            "Token claim " + name + " must be a text of 1 to " + MAX_USER_ID
                                    + " characters without control characters, and not blank");
                }
                return id.get();
            }
        }
        throw new TokenRefusedException(INVALID, "Token names no user: claim userId, upn or sub is required");
    }

    /** Any text that one line of a log can hold: often it is an e-mail address (MicroProfile JWT's upn). */
    private static boolean isUserId(String id) {
        return !id.isBlank() && id.length() <= MAX_USER_ID && id.codePoints().noneMatch(TokenClaims::isControl);
    }

    private static boolean isControl(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    private static Set<String> roles(ClaimReader claims) throws TokenRefusedException {
        Set<String> roles = new LinkedHashSet<>(claims.textOrTexts("role"));
        roles.addAll(claims.textOrTexts("groups"));
        roles.removeIf(String::isBlank);
        return roles;
    }

    private static Optional<List<String>> rooms(ClaimReader claims) throws TokenRefusedException {
        return claims.has("rooms") ? Optional.of(claims.texts("rooms")) : Optional.empty();
    }
}
