package app.realtime.limits;

import java.time.Duration;
import java.util.Optional;

/** What one socket may still send. Thread-safe. */
public interface SocketAllowance extends AutoCloseable {

    /** Counts a message. Empty: process it; else it is over a limit, and this is how long to wait. */
    Optional<Duration> tryAcquire();

    /** The socket is gone. Further calls do nothing. */
    @Override
    void close();
}
