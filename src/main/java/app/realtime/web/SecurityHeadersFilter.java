package app.realtime.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Puts the headers on every answer that hold for all of them. web.xml has it, before all filters that might answer, and for
 * errors too.
 *
 * <p>That a host speaks TLS is said only where it does: here, or at a trusted proxy (RFC 6797, 7.2).
 */
public class SecurityHeadersFilter extends HttpFilter {

    private static final String ONE_YEAR = "max-age=31536000";

    @Inject
    private TrustedPeers proxies;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure() || isSecureAtProxy(request)) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        chain.doFilter(request, response);
    }

    private boolean isSecureAtProxy(HttpServletRequest request) throws IOException {
        // A literal address: nothing is looked up.
        return "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
                && proxies.trusts(InetAddress.getByName(request.getRemoteAddr()));
    }
}
