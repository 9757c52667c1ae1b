package app.realtime.engineio;

import java.util.concurrent.Executor;

/**
 * Writes what waits for one session, by turns, until nothing is left that can leave. For the one who has claimed the
 * writing ({@link Outbound#claim}); has no state of its own.
 */
final class Drain implements Runnable {

    private static final int MAX_TURNS_HERE = 8;

    private final Session session;
    private final Executor writers;

    Drain(Session session, Executor writers) {
        this.session = session;
        this.writers = writers;
    }

    /** On a writer: may wait for the client, and may end the session. */
    @Override
    public void run() {
        from(session.nextTurn());
    }

    private void from(Outbound.Turn first) {
        Outbound.Turn turn = first;
        while (take(turn, Runnable::run)) {
            turn = session.nextTurn();
        }
    }

    /**
     * On the caller's thread, which is faster than to wake a writer, where nothing waits for the client. The caller is not
     * kept for what others add meanwhile; and since it may be in the midst of something, it does not end the session.
     */
    void here() {
        if (session.transport().mayWait()) {
            writers.execute(this);
            return;
        }
        Outbound.Turn turn = session.nextTurn();
        for (int turns = 1; turns < MAX_TURNS_HERE && !turn.mayWait(); turns++) {
            if (!take(turn, writers)) {
                return;
            }
            turn = session.nextTurn();
        }
        Outbound.Turn left = turn;
        writers.execute(() -> from(left));
    }

    /** False if there is not going to be another one. */
    private boolean take(Outbound.Turn turn, Executor ending) {
        if (turn.write().isEmpty()) {
            return false;
        }
        Outbound.Write due = turn.write().get();
        if (due.batch().isPresent()
                && !session.write(due.transport(), due.batch().get())) {
            ending.execute(() -> session.end(CloseReason.TRANSPORT_ERROR));
            return false;
        }
        if (due.last()) {
            ending.execute(session::endAfterLast);
            return false;
        }
        return true;
    }
}
