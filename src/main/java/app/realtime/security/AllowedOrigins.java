package app.realtime.security;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The web origins whose pages may use this service. Immutable. */
public final class AllowedOrigins {

    /** Stands for every origin. */
    public static final String ANY = "*";

    private final boolean any;
    private final Set<Origin> origins;

    private AllowedOrigins(boolean any, Set<Origin> origins) {
        this.any = any;
        this.origins = origins;
    }

    /** @throws IllegalArgumentException names the first that is not {@code scheme://host[:port]} nor {@code *} */
    public static AllowedOrigins of(Collection<String> origins) {
        return new AllowedOrigins(
                origins.contains(ANY),
                origins.stream()
                        .filter(origin -> !origin.equals(ANY))
                        .map(AllowedOrigins::parse)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the value of an {@code Origin} header is allowed; {@code null} (the text) only where any is. */
    public boolean allow(String origin) {
        return any || Origin.parse(origin).filter(origins::contains).isPresent();
    }

    /**
     * Whether a page of {@code origin} talks to the host that it came from. The scheme of the request is not compared:
     * a proxy may have ended its TLS.
     *
     * @param hostHeader the request's {@code Host}
     */
    public static boolean isSameOrigin(String origin, String hostHeader) {
        Optional<Origin> parsed = Origin.parse(origin);
        return parsed.isPresent() && parsed.get().isHost(hostHeader);
    }

    private static Origin parse(String origin) {
        return Origin.parse(origin)
                .orElseThrow(() -> new IllegalArgumentException('"' + origin + "\" is not scheme://host[:port]"));
    }
}
