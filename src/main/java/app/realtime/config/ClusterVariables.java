package app.realtime.config;

import static app.realtime.config.Variable.REDIS_SHARDED;
import static app.realtime.config.Variable.REDIS_URL;

import app.realtime.cluster.ClusterSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the other instances are found. */
final class ClusterVariables {

    private static final int MAX_PORT = 65_535;

    private final Values values;

    ClusterVariables(Values values) {
        this.values = values;
    }

    ClusterSettings read() {
        Optional<URI> url = values.optional(REDIS_URL).flatMap(ClusterVariables::parse);
        if (url.isEmpty() && values.optional(REDIS_URL).isPresent()) {
            // Not shown: it may hold a password.
            values.problems()
                    .add(REDIS_URL, "is not the URL of a Redis server; expected for example redis://redis:6379/0");
        }
        boolean sharded = values.oneOf(REDIS_SHARDED, List.of("true", "false")).equals("true");
        return new ClusterSettings(url, sharded, Optional.empty());
    }

    private static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            boolean valid = url.getScheme() != null
                    && url.getHost() != null
                    && List.of("redis", "rediss").contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getPort() != 0
                    && url.getPort() <= MAX_PORT
                    && url.getPath().matches("(/[0-9]{0,5})?");
            return valid ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
