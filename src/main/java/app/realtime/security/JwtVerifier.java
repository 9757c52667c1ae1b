package app.realtime.security;

import static app.realtime.identity.TokenRefusedException.Reason.INVALID;

import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import java.security.Key;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Verifies JSON Web Tokens: HS256 with the shared secret, RS, PS and ES algorithms with public keys. A token's
 * {@code alg} only chooses between keys; what a key may verify follows from the key (RFC 8725, 3.1 and 3.2).
 * Thread-safe; never waits for the network.
 */
public final class JwtVerifier implements TokenVerifier, AutoCloseable {

    /** The longest token that is looked at, in characters. */
    public static final int MAX_LENGTH = 8_192;

    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+");
    private static final String HS256 = "HS256";

    private final Optional<Key> secret;
    private final Optional<RefreshingKeys> publicKeys;
    private final TokenClaims claims;

    /** @param scheduler reads public keys in the background; not used if the settings name none */
    public JwtVerifier(TokenSettings settings, Clock clock, ScheduledExecutorService scheduler) {
        this(settings, clock, scheduler, RefreshPolicy.DEFAULT);
    }

    JwtVerifier(TokenSettings settings, Clock clock, ScheduledExecutorService scheduler, RefreshPolicy policy) {
        this.secret = settings.sharedSecret().map(SharedSecret::toKey);
        this.publicKeys = settings.publicKeys().map(location -> new RefreshingKeys(location, policy, clock, scheduler));
        this.claims = new TokenClaims(settings.issuer(), settings.audience(), clock);
        publicKeys.ifPresent(RefreshingKeys::start);
    }

    @Override
    public Identity.User verify(String token) throws TokenRefusedException {
        if (token.length() > MAX_LENGTH) {
            throw new TokenRefusedException(INVALID, "Token is longer than " + MAX_LENGTH + " characters");
        }
        JsonWebSignature signed = parse(token);
        String algorithm = header(signed, "alg").orElse("none");
        if (algorithm.equals(HS256) && secret.isPresent()) {
            // Key validation would refuse a short secret; production refuses to start with one.
            signed.setDoKeyValidation(false);
            requireSignature(signed, HS256, List.of(secret.get()));
        } else if (PublicKeys.ALGORITHMS.contains(algorithm) && publicKeys.isPresent()) {
            requireSignature(signed, algorithm, candidates(publicKeys.get(), algorithm, header(signed, "kid")));
        } else {
            throw new TokenRefusedException(INVALID, "Token algorithm is not accepted");
        }
        return claims.read(signed.getUnverifiedPayload());
    }

    private static JsonWebSignature parse(String token) throws TokenRefusedException {
        // The decoder skips characters that are not base64url; a token with such characters is nobody's work.
        if (COMPACT.matcher(token).matches()) {
            JsonWebSignature signed = new JsonWebSignature();
            try {
                signed.setCompactSerialization(token);
                if (signed.getHeaders().getObjectHeaderValue("crit") == null) {
                    return signed;
                }
            } catch (JoseException e) {
                throw notAToken();
            }
        }
        throw notAToken();
    }

    private static TokenRefusedException notAToken() {
        return new TokenRefusedException(INVALID, "Token is not a signed JSON Web Token in compact form");
    }

    private static Optional<String> header(JsonWebSignature signed, String name) {
        return signed.getHeaders().getObjectHeaderValue(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static List<? extends Key> candidates(RefreshingKeys source, String algorithm, Optional<String> keyId)
            throws TokenRefusedException {
        PublicKeys keys = source.current()
                .orElseThrow(() ->
                        new TokenRefusedException(INVALID, "Token cannot be checked yet: its keys are not available"));
        List<VerificationKey> candidates = keys.candidates(algorithm, keyId);
        if (candidates.isEmpty()) {
            source.refreshSoon();
            throw new TokenRefusedException(INVALID, "Token is signed with a key that is not known");
        }
        return candidates.stream().map(VerificationKey::key).toList();
    }

    private static void requireSignature(JsonWebSignature signed, String algorithm, List<? extends Key> keys)
            throws TokenRefusedException {
        signed.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
        for (Key key : keys) {
            if (verifies(signed, key)) {
                return;
            }
        }
        throw new TokenRefusedException(INVALID, "Token signature is not valid");
    }

    private static boolean verifies(JsonWebSignature signed, Key key) {
        signed.setKey(key);
        try {
            return signed.verifySignature();
        } catch (JoseException e) {
            // A key that cannot have made this signature, or a signature of the wrong form: not valid either way.
            return false;
        }
    }

    @Override
    public void close() {
        publicKeys.ifPresent(RefreshingKeys::close);
    }
}
