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

/**
 * Serves the browser library: as a classic script, as an ES module, and its types. Pages of any origin may load it; where
 * it may connect to is decided by {@code ALLOWED_ORIGINS}.
 *
 * <p>Thread-safe: each file is read once.
 */
@WebServlet(
        urlPatterns = {"/websocket-client.js", "/websocket-client.esm.js", "/websocket-client.d.ts"},
        asyncSupported = true)
public class ClientLibraryServlet extends HttpServlet {

    private static final String DIRECTORY = "/WEB-INF/websocket-client";

    private final transient Map<String, Optional<PackagedFile>> files = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PackagedFile> file = files.computeIfAbsent(
                request.getServletPath(), path -> PackagedFile.load(getServletContext(), DIRECTORY + path));
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        // A module is fetched in the CORS mode; and a page with Cross-Origin-Embedder-Policy needs to be told, too.
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        file.get().send(request, response);
    }
}
