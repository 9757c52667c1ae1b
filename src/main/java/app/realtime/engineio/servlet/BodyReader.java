package app.realtime.engineio.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** Collects a request's body as it arrives, without waiting for it, up to a limit. */
final class BodyReader implements ReadListener {

    /** What became of the body. */
    sealed interface Outcome {

        record Complete(byte[] body) implements Outcome {}

        record TooLarge() implements Outcome {}

        record Broken(Throwable cause) implements Outcome {}
    }

    private final ServletInputStream input;
    private final int limit;
    private final Consumer<Outcome> then;
    private final ByteArrayOutputStream body;
    private final byte[] chunk = new byte[4096];
    private boolean done;

    /** @param then called once, on a container thread */
    BodyReader(ServletInputStream input, int expected, int limit, Consumer<Outcome> then) {
        this.input = input;
        this.limit = limit;
        this.then = then;
        this.body = new ByteArrayOutputStream(Math.max(32, Math.min(expected, limit)));
    }

    /** Called by the container, one call at a time, as are the other two. */
    @Override
    public void onDataAvailable() throws IOException {
        while (!done && input.isReady()) {
            int count = input.read(chunk);
            if (count < 0) {
                return;
            }
            body.write(chunk, 0, count);
            if (body.size() > limit) {
                finish(new Outcome.TooLarge());
            }
        }
    }

    @Override
    public void onAllDataRead() {
        finish(new Outcome.Complete(body.toByteArray()));
    }

    @Override
    public void onError(Throwable failure) {
        finish(new Outcome.Broken(failure));
    }

    private void finish(Outcome outcome) {
        if (!done) {
            done = true;
            then.accept(outcome);
        }
    }
}
