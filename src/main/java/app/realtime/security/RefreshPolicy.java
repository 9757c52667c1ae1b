package app.realtime.security;

import java.time.Duration;

/**
 * How often keys are read again.
 *
 * @param interval after a success
 * @param retry after a failure
 * @param pause the shortest time between two readings that unknown keys bring about
 */
record RefreshPolicy(Duration interval, Duration retry, Duration pause) {

    static final RefreshPolicy DEFAULT =
            new RefreshPolicy(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
