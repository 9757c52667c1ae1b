package app.realtime.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Public keys to verify tokens with, from PEM text or a JSON Web Key (Set). Immutable; never empty. */
public final class PublicKeys {

    /** All algorithms that some public key may verify. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final List<VerificationKey> keys;

    private PublicKeys(List<VerificationKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys; those for encryption and those of other kinds are left out.
     *
     * @throws IllegalArgumentException if no usable key is left, with the reason in plain words
     */
    public static PublicKeys parse(String text) {
        List<VerificationKey> found = text.stripLeading().startsWith("{") ? fromJson(text) : PemKeys.parse(text);
        List<VerificationKey> usable =
                found.stream().filter(VerificationKey::isUsable).toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException(
                    "holds no public key for signatures (RSA of 2048 bits or more, or EC P-256, P-384 or P-521)");
        }
        return new PublicKeys(usable);
    }

    int size() {
        return keys.size();
    }

    /** The keys that may have signed with this algorithm, and with this key id if the token names one. */
    List<VerificationKey> candidates(String algorithm, Optional<String> keyId) {
        return keys.stream().filter(key -> key.fits(algorithm, keyId)).toList();
    }

    private static List<VerificationKey> fromJson(String text) {
        try {
            List<JsonWebKey> all = text.contains("\"" + JsonWebKeySet.JWK_SET_MEMBER_NAME + "\"")
                    ? new JsonWebKeySet(text).getJsonWebKeys()
                    : List.of(JsonWebKey.Factory.newJwk(text));
            return all.stream()
                    .filter(PublicJsonWebKey.class::isInstance)
                    .map(PublicJsonWebKey.class::cast)
                    .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                    .map(key -> VerificationKey.of(
                            Optional.ofNullable(key.getKeyId()),
                            key.getPublicKey(),
                            Optional.ofNullable(key.getAlgorithm())))
                    .toList();
        } catch (JoseException | ClassCastException e) {
            // The parser casts what it finds, so that a member of a wrong type ends in a ClassCastException.
            throw new IllegalArgumentException("holds JSON that is not a JSON Web Key (Set)", e);
        }
    }
}
