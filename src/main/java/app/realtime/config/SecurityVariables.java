package app.realtime.config;

import static app.realtime.config.Variable.API_KEYS;
import static app.realtime.config.Variable.JWT_AUDIENCE;
import static app.realtime.config.Variable.JWT_ISSUER;
import static app.realtime.config.Variable.JWT_PUBLIC_KEY_LOCATION;
import static app.realtime.config.Variable.JWT_SECRET;

import app.realtime.security.ApiAccessSettings;
import app.realtime.security.ApiKeys;
import app.realtime.security.KeyLocation;
import app.realtime.security.PublicKeys;
import app.realtime.security.SharedSecret;
import app.realtime.security.TokenSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens and API keys, with the guard rails for production. */
record SecurityVariables(TokenSettings tokens, ApiAccessSettings apiAccess, List<String> warnings) {

    /** RFC 7518, 3.2: a key of the same size as the hash output or larger must be used. */
    private static final int MIN_SECRET_BYTES = 32;

    static SecurityVariables read(Values values, boolean production) {
        List<String> warnings = new ArrayList<>();
        Optional<KeyLocation> publicKeys = publicKeys(values);
        // Without a secret of its own a service with public keys trusts these alone, not the well-known default.
        boolean publicKeysOnly = values.exact(JWT_SECRET).isEmpty()
                && values.optional(JWT_PUBLIC_KEY_LOCATION).isPresent();
        Optional<String> text = publicKeysOnly
                ? Optional.empty()
                : values.exact(JWT_SECRET).or(() -> Optional.of(JWT_SECRET.defaultValue()));
        boolean isDefault = text.equals(Optional.of(JWT_SECRET.defaultValue()));
        Optional<SharedSecret> secret = text.map(SharedSecret::of);
        List<String> keys = values.list(API_KEYS);
        if (keys.isEmpty() && values.optional(API_KEYS).isPresent()) {
            values.problems().add(API_KEYS, "holds no key; expected keys with commas between them, or nothing");
        }
        if (production) {
            guard(values, isDefault, secret, keys.isEmpty());
        } else {
            warn(warnings, isDefault, keys.isEmpty());
        }
        return new SecurityVariables(
                new TokenSettings(secret, publicKeys, values.optional(JWT_ISSUER), values.optional(JWT_AUDIENCE)),
                new ApiAccessSettings(ApiKeys.of(keys), !production && keys.isEmpty()),
                List.copyOf(warnings));
    }

    private static void guard(Values values, boolean isDefault, Optional<SharedSecret> secret, boolean noKeys) {
        String expected = "; expected in production: a secret of at least " + MIN_SECRET_BYTES
                + " bytes, or JWT_PUBLIC_KEY_LOCATION without JWT_SECRET";
        if (isDefault) {
            values.problems().add(JWT_SECRET, "is the default, which everyone knows" + expected);
        } else if (secret.filter(it -> it.length() < MIN_SECRET_BYTES).isPresent()) {
            values.problems().add(JWT_SECRET, "is shorter than " + MIN_SECRET_BYTES + " bytes" + expected);
        }
        if (isDefault && noKeys) {
            values.problems()
                    .add(
                            API_KEYS,
                            "is empty, and with the default JWT_SECRET everyone can make a token for the HTTP API; "
                                    + "expected in production: keys, or tokens that can be trusted");
        }
    }

    private static void warn(List<String> warnings, boolean isDefault, boolean noKeys) {
        if (noKeys) {
            warnings.add("The HTTP API is open to everyone who can reach it, and with it the console, which shows every"
                    + " event, because API_KEYS is empty."
                    + " Production refuses callers without a key or a token.");
        }
        if (isDefault) {
            warnings.add("JWT_SECRET is the default, so everyone can make tokens that are accepted."
                    + " Production refuses to start with it.");
        }
    }

    private static Optional<KeyLocation> publicKeys(Values values) {
        Optional<String> text = values.optional(JWT_PUBLIC_KEY_LOCATION);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String expected = "; expected a PEM or JWKS file, or the http(s) URL of one";
        try {
            KeyLocation location = KeyLocation.parse(text.get());
            if (location instanceof KeyLocation.File) {
                PublicKeys.parse(location.read());
            }
            return Optional.of(location);
        } catch (IllegalArgumentException e) {
            values.problems().add(JWT_PUBLIC_KEY_LOCATION, e.getMessage() + expected);
        } catch (IOException e) {
            values.problems()
                    .add(
                            JWT_PUBLIC_KEY_LOCATION,
                            "names a file that cannot be read (" + e.getClass().getSimpleName() + ')' + expected);
        }
        return Optional.empty();
    }
}
