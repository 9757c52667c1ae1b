package app.realtime.api;

import java.time.Duration;

/** Takes this instance out of service. Thread-safe, does not block. */
public interface DrainControl {

    /** Begins, if it has not begun. There is no way back but to start the service anew. */
    void begin();

    boolean isDraining();

    /** How long clients are given. */
    Duration within();
}
