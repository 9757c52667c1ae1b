package app.realtime.engineio.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Map;

/**
 * What the container gets to see of a request for a websocket.
 *
 * <p>It never makes an HTTP session: the container asks for one at each upgrade, to offer it to the endpoint; for us it
 * would be a cookie that nobody wants, and memory that outlives the connection by half an hour. And it shows no query:
 * Liberty keeps that with the connection, and writes it to its diagnostic files when a client breaks the protocol, the
 * Engine.IO session's secret id included.
 */
final class DiscreetRequest extends HttpServletRequestWrapper {

    DiscreetRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getQueryString() {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public HttpSession getSession() {
        return null;
    }

    @Override
    public HttpSession getSession(boolean create) {
        return null;
    }
}
