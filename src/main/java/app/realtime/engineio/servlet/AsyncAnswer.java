package app.realtime.engineio.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/** Writes the body of an asynchronous request's answer without ever waiting for the client to take the bytes. */
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

    /** Completes the request. @param lost called if the client goes before it has taken all of it */
    static void write(AsyncContext context, byte[] body, Consumer<Throwable> lost) throws IOException {
        ServletOutputStream output = context.getResponse().getOutputStream();
        output.setWriteListener(new AsyncAnswer(context, output, body, lost));
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
