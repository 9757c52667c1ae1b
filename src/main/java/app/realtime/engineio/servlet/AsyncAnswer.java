package app.realtime.engineio.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;

/** Answers an asynchronous request without ever waiting for the client to take the bytes. */
final class AsyncAnswer implements WriteListener {

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final byte[] body;
    private final Consumer<Throwable> lost;
    private boolean written;

    private AsyncAnswer(AsyncContext context, ServletOutputStream output, byte[] body, Consumer<Throwable> lost) {
        this.context = context;
        this.output = output;
        this.body = body;
        this.lost = lost;
    }

    /**
     * Completes the request. Used once per request, by whoever has claimed it.
     *
     * @param lost called if the client goes before it has taken all of it
     */
    static void send(AsyncContext context, int status, String contentType, byte[] body, Consumer<Throwable> lost)
            throws IOException {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            response.setStatus(status);
            response.setContentType(contentType);
            response.setContentLength(body.length);
            response.setHeader("Cache-Control", "no-store");
            ServletOutputStream output = response.getOutputStream();
            output.setWriteListener(new AsyncAnswer(context, output, body, lost));
        } catch (IllegalStateException e) {
            throw new IOException("the request has ended already", e);
        }
    }

    /** Called by the container, one call at a time. */
    @Override
    public void onWritePossible() throws IOException {
        if (!written && output.isReady()) {
            written = true;
            output.write(body);
        }
        if (written && output.isReady()) {
            context.complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        lost.accept(failure);
        context.complete();
    }
}
