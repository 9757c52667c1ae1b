package app.realtime.security;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import org.jose4j.keys.HmacKey;

/** The secret that this service shares with the issuer of HS256 tokens. Immutable; its text form gives nothing away. */
public final class SharedSecret {

    private final byte[] bytes;

    private SharedSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if it is empty: anyone could sign with an empty secret */
    public static SharedSecret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A shared secret must not be empty");
        }
        return new SharedSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length in bytes; RFC 7518 wants 32 at least for HS256. */
    public int length() {
        return bytes.length;
    }

    Key toKey() {
        return new HmacKey(bytes);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
