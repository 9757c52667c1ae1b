package app.realtime.socketio.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private final transient Map<String, Optional<PackagedFile>> files = new ConcurrentHashMap<>();

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
        Optional<PackagedFile> file =
                files.computeIfAbsent(name, key -> PackagedFile.load(getServletContext(), DIRECTORY + key));
        if (file.isPresent()) {
            file.get().send(request, response);
        } else {
            answerMissing(response, name);
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
