package app.realtime.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where public keys are: a file, or an address that is asked again from time to time. Immutable. */
public sealed interface KeyLocation {

    /** More than keys can reasonably need. */
    int MAX_BYTES = 1_000_000;

    String EXPECTED = "is neither a file path nor a file:/// or http(s):// URL";

    /** The current content, at most {@link #MAX_BYTES}; a URL blocks for some seconds at worst. */
    String read() throws IOException;

    /**
     * Reads a file path, a {@code file:} URL, or an {@code http(s)} URL.
     *
     * @throws IllegalArgumentException with the reason in plain words
     */
    static KeyLocation parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            if (lower.startsWith("http:") || lower.startsWith("https:")) {
                return new Url(new URI(text));
            }
            if (lower.startsWith("file:///") || lower.startsWith("file:/") && !lower.startsWith("file://")) {
                return new File(Path.of(new URI(text)));
            }
            if (!lower.startsWith("file:") && !lower.contains("://")) {
                return new File(Path.of(text));
            }
        } catch (URISyntaxException | InvalidPathException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    private static String limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the content is larger than " + MAX_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A file on this machine. */
    record File(Path path) implements KeyLocation {

        @Override
        public String read() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                return limited(in);
            }
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Keys that are served over HTTP, usually a JSON Web Key Set. */
    record Url(URI uri) implements KeyLocation {

        private static final int TIMEOUT_MILLIS = 5_000;

        /** @throws IllegalArgumentException if it has no host, or has a user name */
        public Url {
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("is a URL without a host");
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("is a URL with a user name or password, which is not supported");
            }
        }

        @Override
        public String read() throws IOException {
            URLConnection connection = uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/jwk-set+json, application/json, */*;q=0.5");
            if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
                int status = http.getResponseCode();
                http.disconnect();
                throw new IOException("the answer is HTTP " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return limited(in);
            }
        }

        /** Without the query, which may hold an access key. */
        @Override
        public String toString() {
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getScheme() + "://" + uri.getHost() + port + (uri.getPath() == null ? "" : uri.getPath());
        }
    }
}
