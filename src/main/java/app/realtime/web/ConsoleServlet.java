package app.realtime.web;

import app.realtime.socketio.servlet.PackagedFile;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the console: the page at {@code /}, and its files below {@code /console}. They hold nothing secret; what the
 * page shows it asks of the API, with the credentials of whoever looks at it.
 *
 * <p>A browser may load from this host alone, run no inline script, and show the page in no frame. Thread-safe: each
 * file is read once.
 */
@WebServlet(
        urlPatterns = {"", "/console/*"},
        asyncSupported = true)
public class ConsoleServlet extends HttpServlet {

    private static final String DIRECTORY = "/WEB-INF/console";
    private static final String PAGE = "/index.html";
    private static final Pattern FILE = Pattern.compile("(?:/[a-z][a-z0-9-]*)+\\.(?:css|js|svg)");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final transient Map<String, Optional<PackagedFile>> files = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PackagedFile> file = path(request).flatMap(this::file);
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        file.get().send(request, response);
    }

    /** What is asked for, as long as it can be one of the files: whoever invents names fills no memory. */
    private static Optional<String> path(HttpServletRequest request) {
        if (request.getServletPath().isEmpty()) {
            return Optional.of(PAGE);
        }
        return Optional.ofNullable(request.getPathInfo())
                .filter(path -> path.length() < 100 && FILE.matcher(path).matches());
    }

    private Optional<PackagedFile> file(String path) {
        Optional<PackagedFile> known = files.getOrDefault(path, Optional.empty());
        if (known.isPresent()) {
            return known;
        }
        Optional<PackagedFile> loaded = PackagedFile.load(getServletContext(), DIRECTORY + path);
        loaded.ifPresent(file -> files.put(path, loaded));
        return loaded;
    }
}
