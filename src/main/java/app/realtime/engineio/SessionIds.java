package app.realtime.engineio;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the secret ids of sessions. Behind what nobody can guess they say which instance they belong to, so that the others
 * can tell without being told of each session. Thread-safe.
 */
public final class SessionIds {

    private static final int SECRET_BYTES = 18;
    private static final int SECRET_LENGTH = 24;

    private final SecureRandom random = new SecureRandom();
    private final String instance;
    private final Pattern form;

    /** @param instance letters, digits, {@code -} and {@code _}; empty where there are no others */
    public SessionIds(String instance) {
        this.instance = instance;
        this.form = Pattern.compile("[A-Za-z0-9_-]{" + (SECRET_LENGTH + instance.length()) + '}');
    }

    String next() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + instance;
    }

    /** The other instance that would have made this id; empty if it is one of this one's, or none at all. */
    public Optional<String> otherOwner(String id) {
        return instance.isEmpty() || !form.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(id.substring(SECRET_LENGTH)).filter(owner -> !owner.equals(instance));
    }
}
