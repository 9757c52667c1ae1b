package app.realtime.socketio.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Serves the official browser client beside the endpoint, as the reference server does. The files come from npm at build
 * time; a build without npm has none, and answers with a hint.
 *
 * <p>Thread-safe: each file is read once.
 */
public final class ClientFilesServlet extends HttpServlet {

    private static final String DIRECTORY = "/WEB-INF/socket.io-client/";

    private record ClientFile(byte[] content, String etag) {}

    private final transient Map<String, Optional<ClientFile>> files = new ConcurrentHashMap<>();

    /** The paths to map this servlet to, for an endpoint such as {@code /socket.io}. */
    public static String[] mappings(String endpoint) {
        return Stream.of("socket.io", "socket.io.min", "socket.io.esm.min", "socket.io.msgpack.min")
                .flatMap(name -> Stream.of(name + ".js", name + ".js.map"))
                .map(file -> endpoint + '/' + file)
                .toArray(String[]::new);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Optional<ClientFile> file = files.computeIfAbsent(name, this::load);
        if (file.isEmpty()) {
            answerMissing(response, name);
            return;
        }
        response.setHeader("ETag", file.get().etag());
        response.setHeader("Cache-Control", "public, max-age=0");
        if (matches(request.getHeader("If-None-Match"), file.get().etag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(name.endsWith(".map") ? "application/json" : "text/javascript; charset=utf-8");
        response.setContentLength(file.get().content().length);
        response.getOutputStream().write(file.get().content());
    }

    private static boolean matches(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || Arrays.stream(ifNoneMatch.split(","))
                                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                                .anyMatch(etag::equals));
    }

    private Optional<ClientFile> load(String name) {
        try (InputStream input = getServletContext().getResourceAsStream(DIRECTORY + name)) {
            if (input == null) {
                return Optional.empty();
            }
            byte[] content = input.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Optional.of(new ClientFile(
                    content, '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"'));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The client file " + name + " in the application cannot be read", e);
        }
    }

    private static void answerMissing(HttpServletResponse response, String name) throws IOException {
        byte[] body = ("{\"error\":\"" + name
                        + " is not part of this build, because npm was not there when it was built."
                        + " Build again with npm, or load the socket.io-client package from your own site.\","
                        + "\"code\":\"client_file_missing\"}")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
