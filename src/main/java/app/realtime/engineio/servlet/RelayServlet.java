package app.realtime.engineio.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes requests of this instance's sessions that other instances pass on. To all who do not show this instance's key it is not
 * there, nor is it on the port for clients. Has no state of its own.
 */
public final class RelayServlet extends HttpServlet {

    /** What it is to be registered for. */
    public static final String PATH = Passage.PATH;

    private static final Logger LOG = Logger.getLogger(RelayServlet.class.getName());

    private final transient EngineServlet engine;
    private final transient byte[] key;
    private final int port;

    /**
     * @param key this instance's
     * @param port the management port
     */
    public RelayServlet(EngineServlet engine, String key, int port) {
        this.engine = engine;
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.port = port;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        try {
            Optional<String> session = Optional.ofNullable(request.getHeader(Passage.SESSION_HEADER));
            if (session.isPresent() && isFromAnotherInstance(request)) {
                engine.relayed(request, response, session.get());
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "An instance went away before it had its answer", e);
        }
    }

    private boolean isFromAnotherInstance(HttpServletRequest request) {
        String shown =
                Optional.ofNullable(request.getHeader(Passage.KEY_HEADER)).orElse("");
        return request.getLocalPort() == port && MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8));
    }
}
