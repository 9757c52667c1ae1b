package app.realtime.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers {@code /} with the page. The container would do so by itself, as with any index.html, but Liberty 26.0.0.5 never
 * ends the answer of a forwarded request when the client offers to go on with HTTP/2, as Java's own client does.
 */
@WebServlet(urlPatterns = "", asyncSupported = true)
public class PageServlet extends HttpServlet {

    private static final String PAGE = "/index.html";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream page = getServletContext().getResourceAsStream(PAGE)) {
            if (page == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            byte[] body = page.readAllBytes();
            response.setContentType("text/html; charset=utf-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
