package app.realtime.engineio.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A request that asks for packets. It is answered on its own thread if there are any by then; only otherwise it waits,
 * which takes the container several passages between threads more.
 *
 * <p>Thread-safe. This object's lock guards which of the two it is.
 */
final class Poll {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Consumer<Throwable> lost;
    private Optional<Answer> early = Optional.empty();
    private Optional<AsyncContext> waiting = Optional.empty();

    /** @param lost called if the client goes before it has taken the answer */
    Poll(HttpServletRequest request, HttpServletResponse response, Consumer<Throwable> lost) {
        this.request = request;
        this.response = response;
        this.lost = lost;
    }

    /** How its client takes answers compressed. */
    Optional<ContentCoding> coding() {
        return ContentCoding.acceptedBy(request);
    }

    /** To be called once, by whoever has claimed it, on any thread. */
    void answer(Answer answer) throws IOException {
        AsyncContext context;
        synchronized (this) {
            if (waiting.isEmpty()) {
                early = Optional.of(answer);
                return;
            }
            context = waiting.get();
        }
        answer.send(context, lost);
    }

    /**
     * Sends the answer, or has the request wait for it. To be called once, on the request's thread, when others may know
     * this poll.
     *
     * @param listener is told of what happens while it waits
     */
    void proceed(AsyncListener listener) throws IOException {
        Answer answer;
        synchronized (this) {
            if (early.isEmpty()) {
                AsyncContext context = request.startAsync(request, response);
                // The heartbeat answers every poll in time, or ends the session.
                context.setTimeout(0);
                context.addListener(listener);
                waiting = Optional.of(context);
                return;
            }
            answer = early.get();
        }
        answer.send(request, response, lost);
    }
}
