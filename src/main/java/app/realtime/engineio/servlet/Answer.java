package app.realtime.engineio.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** What a request is answered with. */
record Answer(int status, String contentType, byte[] body, Optional<ContentCoding> coding) {

    Answer(int status, String contentType, byte[] body) {
        this(status, contentType, body, Optional.empty());
    }

    /** The type is the reference server's: it keeps old browsers from offering a download. */
    static Answer text(int status, String text) {
        return new Answer(status, "text/html", text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer of(HandshakeError error) {
        return new Answer(error.status(), HandshakeError.CONTENT_TYPE, error.body());
    }

    /**
     * Answers a request on its own thread, without waiting for the client to take the bytes.
     *
     * @param lost called if the client goes before it has taken all of it
     */
    void send(HttpServletRequest request, HttpServletResponse response, Consumer<Throwable> lost) throws IOException {
        if (isSmallFor(response)) {
            put(response);
        } else {
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            send(context, lost);
        }
    }

    /**
     * Completes a request that has been waiting, without waiting for the client to take the bytes. Used once per request, by
     * whoever has claimed it.
     *
     * @param lost called if the client goes before it has taken all of it
     */
    void send(AsyncContext context, Consumer<Throwable> lost) throws IOException {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            if (isSmallFor(response)) {
                put(response);
                context.complete();
            } else {
                head(response);
                AsyncAnswer.write(context, body, lost);
            }
        } catch (IllegalStateException e) {
            throw new IOException("the request has ended already", e);
        }
    }

    /** Whether the container takes all of it before it writes anything: then nothing is to be waited for here. */
    private boolean isSmallFor(HttpServletResponse response) {
        return body.length < response.getBufferSize();
    }

    private void put(HttpServletResponse response) throws IOException {
        head(response);
        response.getOutputStream().write(body);
    }

    private void head(HttpServletResponse response) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        coding.ifPresent(used -> response.setHeader("Content-Encoding", used.token()));
    }
}
