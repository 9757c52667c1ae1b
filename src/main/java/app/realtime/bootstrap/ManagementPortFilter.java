package app.realtime.bootstrap;

import app.realtime.engineio.servlet.RelayServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps the application off the management port, but for what other instances pass on: Liberty tells its two virtual hosts apart
 * by the {@code Host} header, which anybody can choose. Immutable.
 */
final class ManagementPortFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final int managementPort;

    ManagementPortFilter(int managementPort) {
        this.managementPort = managementPort;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getLocalPort() == managementPort
                && !request.getServletPath().equals(RelayServlet.PATH)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }
}
