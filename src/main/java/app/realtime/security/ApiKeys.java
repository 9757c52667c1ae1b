package app.realtime.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;

/** The keys that open the HTTP API. Holds hashes only. Immutable. */
public final class ApiKeys {

    private final List<byte[]> hashes;

    private ApiKeys(List<byte[]> hashes) {
        this.hashes = hashes;
    }

    public static ApiKeys of(Collection<String> keys) {
        return new ApiKeys(keys.stream().map(ApiKeys::hash).toList());
    }

    /** Whether {@code candidate} is one of the keys; takes equally long for any candidate of the same length. */
    public boolean accept(String candidate) {
        byte[] hash = hash(candidate);
        boolean found = false;
        for (byte[] known : hashes) {
            // No early end: time must not tell which key was close.
            found |= MessageDigest.isEqual(known, hash);
        }
        return found;
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hashes.size() + " API keys";
    }
}
