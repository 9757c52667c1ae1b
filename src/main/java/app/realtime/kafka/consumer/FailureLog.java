package app.realtime.kafka.consumer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs what fails again and again as a warning the first time, and from then on at debug level only. Thread-safe.
 */
public final class FailureLog {

    private static final Logger LOG = Logger.getLogger(FailureLog.class.getName());

    private final String message;
    private final AtomicBoolean logged = new AtomicBoolean();

    /** @param message what failed, and what of it the reader has to know */
    public FailureLog(String message) {
        this.message = message;
    }

    void failed(RuntimeException failure) {
        Level level = logged.compareAndSet(false, true) ? Level.WARNING : Level.FINE;
        LOG.log(level, failure, () -> message);
    }

    /** The same task, with what it throws logged here: a scheduler would never run it again after that. */
    public Runnable guard(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                failed(e);
            }
        };
    }
}
