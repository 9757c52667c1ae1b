package app.realtime.web;

import app.realtime.api.Failures;
import app.realtime.api.JsonAnswer;
import app.realtime.api.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers every error that a servlet or the container found, in JSON; web.xml sends them here. Asked for directly, it
 * is not there.
 */
@WebServlet(urlPatterns = ErrorServlet.PATH, asyncSupported = true)
public class ErrorServlet extends HttpServlet {

    static final String PATH = "/error";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswer.send(response, problem(request));
    }

    private static Problem problem(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && code >= 400
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        // Liberty gives an exception for what are no failures, too, such as a file that is not there.
        if (status < 500 || !(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown)) {
            return Problem.ofStatus(status);
        }
        return isBadAddress(thrown) ? Problem.ofStatus(HttpServletResponse.SC_BAD_REQUEST) : Failures.log(thrown);
    }

    /** What Liberty throws at an encoded slash, or at encoded steps out of the root; there is only the text to go by. */
    private static boolean isBadAddress(Throwable thrown) {
        String message = Optional.ofNullable(thrown.getMessage()).orElse("");
        return (thrown instanceof IOException && message.startsWith("CWWWC0005I"))
                || (thrown instanceof IllegalArgumentException && message.startsWith("Non-valid URI"));
    }
}
