package app.realtime.security;

import static app.realtime.identity.TokenRefusedException.Reason.INVALID;

import app.realtime.identity.TokenRefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;

/** Reads claims with a plain message for each that has the wrong JSON type. Owned by the caller's thread. */
final class ClaimReader {

    /** 9999-12-31T23:59:59Z: beyond it a time is most likely in milliseconds. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private final JwtClaims claims;

    ClaimReader(JwtClaims claims) {
        this.claims = claims;
    }

    /** Whether the claim is there, be it {@code null}. */
    boolean has(String name) {
        return claims.getClaimNames().contains(name) || claims.hasClaim(name);
    }

    Optional<String> text(String name) throws TokenRefusedException {
        Object value = claims.getClaimValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(name, "a string");
    }

    /** A number becomes its decimal text. */
    Optional<String> textOrNumber(String name) throws TokenRefusedException {
        Object value = claims.getClaimValue(name);
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? Optional.of(BigDecimal.valueOf(number).toPlainString())
                    : Optional.of("");
        }
        return value instanceof Number number ? Optional.of(number.toString()) : text(name);
    }

    /** @throws TokenRefusedException also if the claim is missing */
    List<String> texts(String name) throws TokenRefusedException {
        if (!(claims.getClaimValue(name) instanceof List<?> values)) {
            throw wrong(name, "an array of strings");
        }
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String text)) {
                throw wrong(name, "an array of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /** One string or an array of them; empty if the claim is missing. */
    List<String> textOrTexts(String name) throws TokenRefusedException {
        Object value = claims.getClaimValue(name);
        if (value == null) {
            return List.of();
        }
        return value instanceof String text ? List.of(text) : texts(name);
    }

    /** Seconds since 1970 (RFC 7519, 2: NumericDate), rounded down. */
    Optional<Instant> instant(String name) throws TokenRefusedException {
        Object value = claims.getClaimValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && Math.abs(number.doubleValue()) <= LAST_SECOND) {
            return Optional.of(Instant.ofEpochSecond((long) Math.floor(number.doubleValue())));
        }
        throw wrong(name, "a number of seconds since 1970");
    }

    private static TokenRefusedException wrong(String name, String expected) {
        return new TokenRefusedException(INVALID, "Token claim " + name + " must be " + expected);
    }
}
