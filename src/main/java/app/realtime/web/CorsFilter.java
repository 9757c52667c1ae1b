package app.realtime.web;

import app.realtime.api.AccessFilter;
import app.realtime.api.HealthServlet;
import app.realtime.api.JsonAnswer;
import app.realtime.api.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets web pages of allowed origins read the answers of the API, of {@code /health} and of Socket.IO's endpoint (the CORS
 * protocol of the Fetch standard). A pre-flight request is answered here.
 */
@WebFilter(
        urlPatterns = {"/api/*", HealthServlet.PATH, "/socket.io/*"},
        asyncSupported = true)
public class CorsFilter extends HttpFilter {

    private static final String METHODS = "GET, HEAD, POST";
    private static final String HEADERS = "Authorization, Content-Type, " + AccessFilter.API_KEY_HEADER;
    private static final String EXPOSED = "Allow, Retry-After, WWW-Authenticate";
    private static final String MAX_AGE_SECONDS = "600";

    @Inject
    private OriginPolicy origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        boolean allowed = origin != null && origins.allows(origin);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (!isPreflight(request, origin)) {
            if (allowed) {
                response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            }
            chain.doFilter(request, response);
        } else if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", HEADERS);
            response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            JsonAnswer.send(
                    response,
                    new Problem(
                            403,
                            "origin_not_allowed",
                            "Pages of this origin may not use the API; see ALLOWED_ORIGINS."));
        }
    }

    private static boolean isPreflight(HttpServletRequest request, String origin) {
        return origin != null
                && request.getMethod().equals("OPTIONS")
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
