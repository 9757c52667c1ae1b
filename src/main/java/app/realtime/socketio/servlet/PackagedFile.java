package app.realtime.socketio.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the application, with an entity tag made of its content: every build gives its files the same date, so that
 * a browser that asks by date would keep the old ones. Immutable.
 */
public final class PackagedFile {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "map", "application/json",
            "svg", "image/svg+xml",
            "ts", "text/plain; charset=utf-8");

    private final byte[] content;
    private final String etag;
    private final String type;

    private PackagedFile(byte[] content, String type) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        this.content = content;
        this.etag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
        this.type = type;
    }

    /** Reads a file by its path in the archive; nothing if it is not there. */
    public static Optional<PackagedFile> load(ServletContext application, String path) {
        try (InputStream input = application.getResourceAsStream(path)) {
            if (input == null) {
                return Optional.empty();
            }
            String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
            return Optional.of(new PackagedFile(input.readAllBytes(), type));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The file " + path + " in the application cannot be read", e);
        }
    }

    /** Answers with the file, or tells that the caller's is still the same (RFC 9110, 13.1.2). */
    public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", etag);
        // To be kept, and asked for again each time.
        response.setHeader("Cache-Control", "public, max-age=0");
        if (matches(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private boolean matches(String ifNoneMatch) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || Arrays.stream(ifNoneMatch.split(","))
                                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                                .anyMatch(etag::equals));
    }
}
