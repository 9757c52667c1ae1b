package app.realtime.config;

import static app.realtime.config.Variable.REDIS_CA_FILE;
import static app.realtime.config.Variable.REDIS_SHARDED;
import static app.realtime.config.Variable.REDIS_URL;

import app.realtime.cluster.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the other instances are found. Owned by one thread. */
final class ClusterVariables {

    private static final int MAX_PORT = 65_535;
    private static final Pattern SCHEME = Pattern.compile("rediss?(-sentinel|-cluster)?");
    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");

    private final Values values;

    ClusterVariables(Values values) {
        this.values = values;
    }

    ClusterSettings read() {
        Optional<URI> url = values.optional(REDIS_URL).flatMap(ClusterVariables::parse);
        if (url.isEmpty() && values.optional(REDIS_URL).isPresent()) {
            // Not shown: it may hold a password.
            values.problems()
                    .add(
                            REDIS_URL,
                            "is not the URL of a Redis server; expected for example redis://redis:6379/0,"
                                    + " redis-sentinel://one:26379,two:26379/0?sentinelMasterId=mymaster,"
                                    + " or redis-cluster://one:6379,two:6379; with rediss for TLS");
        }
        boolean sharded = values.oneOf(REDIS_SHARDED, List.of("true", "false")).equals("true");
        return new ClusterSettings(url, sharded, readCaFile(url));
    }

    private static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            if (url.getScheme() == null || url.getRawAuthority() == null) {
                return Optional.empty();
            }
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            boolean valid = SCHEME.matcher(scheme).matches()
                    && areServers(url.getRawAuthority(), scheme.contains("-"))
                    && url.getPath().matches(scheme.endsWith("-cluster") ? "/?0?" : "(/[0-9]{0,5})?")
                    && scheme.endsWith("-sentinel") == namesMaster(url)
                    && url.getFragment() == null;
            return valid ? Optional.of(URI.create(scheme + text.substring(scheme.length()))) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean areServers(String authority, boolean several) {
        List<String> servers =
                List.of(authority.substring(authority.lastIndexOf('@') + 1).split(",", -1));
        return (several || servers.size() == 1) && servers.stream().allMatch(ClusterVariables::isServer);
    }

    private static boolean isServer(String text) {
        var server = SERVER.matcher(text);
        if (!server.matches()) {
            return false;
        }
        int port =
                Optional.ofNullable(server.group("port")).map(Integer::parseInt).orElse(1);
        return port > 0 && port <= MAX_PORT;
    }

    private static boolean namesMaster(URI url) {
        return url.getQuery() != null && url.getQuery().matches("(.*&)?sentinelMasterId=[^&]+(&.*)?");
    }

    private Optional<Path> readCaFile(Optional<URI> url) {
        Optional<String> text = values.optional(REDIS_CA_FILE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (url.isPresent() && !url.get().getScheme().startsWith("rediss")) {
            values.problems().add(REDIS_CA_FILE, "is set, but REDIS_URL is not for TLS; expected rediss there");
            return Optional.empty();
        }
        try {
            Path file = Path.of(text.get());
            if (holdsCertificates(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException | IOException | CertificateException e) {
            values.problems()
                    .add(
                            REDIS_CA_FILE,
                            Problems.quote(text.get()) + " cannot be read ("
                                    + e.getClass().getSimpleName() + "); expected a PEM file with certificates");
            return Optional.empty();
        }
        values.problems()
                .add(
                        REDIS_CA_FILE,
                        Problems.quote(text.get()) + " holds no certificate; expected a PEM file with certificates");
        return Optional.empty();
    }

    private static boolean holdsCertificates(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty();
        }
    }
}
