package app.realtime.conformance.application;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Lets the pages of every origin read every answer, with credentials, so that the suites also run in a browser. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AnyOriginFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.addHeader("Vary", "Origin");
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        origin.ifPresent(value -> {
            response.setHeader("Access-Control-Allow-Origin", value);
            response.setHeader("Access-Control-Allow-Credentials", "true");
        });
        if (origin.isPresent() && request.getMethod().equals("OPTIONS")) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, PUT, PATCH, POST, DELETE");
            Optional.ofNullable(request.getHeader("Access-Control-Request-Headers"))
                    .ifPresent(wanted -> response.setHeader("Access-Control-Allow-Headers", wanted));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }
}
