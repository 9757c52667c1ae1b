package app.realtime.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Adds to the page at {@code /} and its files what a browser may do with them: load from this host alone, run no inline
 * script, and show the page in no frame of another.
 */
@WebFilter(
        urlPatterns = {"/", "/index.html", "/page.js", "/page.css", "/icon.svg"},
        asyncSupported = true)
public class PageFilter extends HttpFilter {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // Every build gives its files the same date, so a browser that asks by date would keep the old ones.
        response.setHeader("Cache-Control", "no-store");
        chain.doFilter(request, response);
    }
}
