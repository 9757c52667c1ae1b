package app.realtime.security;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.jose4j.keys.EllipticCurves;

/**
 * A public key with the algorithms that it may verify: which ones follows from its kind, never from a token.
 *
 * @param id the {@code kid} that its tokens name; empty: any
 */
record VerificationKey(Optional<String> id, PublicKey key, Set<String> algorithms) {

    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final int RSA_MINIMUM_BITS = 2048;

    /** @param algorithm the only algorithm it is meant for, when it says so */
    static VerificationKey of(Optional<String> id, PublicKey key, Optional<String> algorithm) {
        Set<String> possible = algorithmsOf(key);
        return new VerificationKey(
                id,
                key,
                algorithm
                        .map(only -> possible.contains(only) ? Set.of(only) : Set.<String>of())
                        .orElse(possible));
    }

    boolean isUsable() {
        return !algorithms.isEmpty();
    }

    boolean fits(String algorithm, Optional<String> keyId) {
        return algorithms.contains(algorithm) && (keyId.isEmpty() || id.isEmpty() || id.equals(keyId));
    }

    private static Set<String> algorithmsOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            // RFC 7518, 3.3: a key of size 2048 bits or larger must be used.
            return rsa.getModulus().bitLength() >= RSA_MINIMUM_BITS ? RSA : Set.of();
        }
        if (key instanceof ECPublicKey ec) {
            String curve = EllipticCurves.getName(ec.getParams().getCurve());
            if (EllipticCurves.P_256.equals(curve)) {
                return Set.of("ES256");
            }
            if (EllipticCurves.P_384.equals(curve)) {
                return Set.of("ES384");
            }
            if (EllipticCurves.P_521.equals(curve)) {
                return Set.of("ES512");
            }
        }
        return Set.of();
    }
}
