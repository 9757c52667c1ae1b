package app.realtime.engineio;

import java.time.Duration;

/** When to ping and when to give up (Engine.IO protocol 4, "Heartbeat"). Guarded by its session's lock. */
final class Heartbeat {

    enum Due {
        NOTHING,
        PING,
        /** The client has not answered in time. */
        TIMEOUT,
        /** The client has not fetched the last packets of a closing session in time. */
        END
    }

    private enum Phase {
        RESTING,
        AWAITING_PONG,
        ENDING
    }

    private final long interval;
    private final long timeout;
    private Phase phase = Phase.RESTING;
    private long dueAt;

    Heartbeat(Duration interval, Duration timeout, long now) {
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        this.dueAt = now + this.interval;
    }

    Due due(long now) {
        if (now - dueAt < 0) {
            return Due.NOTHING;
        }
        return switch (phase) {
            case RESTING -> {
                phase = Phase.AWAITING_PONG;
                // From now, not from when the ping was due: a sweep that comes late is not the client's fault.
                dueAt = now + timeout;
                yield Due.PING;
            }
            case AWAITING_PONG -> Due.TIMEOUT;
            case ENDING -> Due.END;
        };
    }

    void ponged(long now) {
        if (phase == Phase.AWAITING_PONG) {
            phase = Phase.RESTING;
            dueAt = now + interval;
        }
    }

    void expectEnd(long now) {
        phase = Phase.ENDING;
        dueAt = now + timeout;
    }
}
