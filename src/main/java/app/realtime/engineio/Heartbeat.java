package app.realtime.engineio;

import app.realtime.engineio.protocol.Revision;
import java.time.Duration;

/**
 * When to ping and when to give up. In revision 4 the server pings and the client answers (Engine.IO protocol 4,
 * "Heartbeat"), in revision 3 the client pings (protocol 3, "Timeouts"). The first deadline counts from the session's
 * creation. Guarded by its session's lock.
 */
final class Heartbeat {

    enum Due {
        NOTHING,
        PING,
        /** The client has not answered, or not pinged, in time. */
        TIMEOUT,
        /** The client has not fetched the last packets of a closing session in time. */
        END
    }

    private enum Phase {
        RESTING,
        AWAITING_PONG,
        AWAITING_PING,
        ENDING
    }

    private final long interval;
    private final long timeout;
    private Phase phase;
    private long dueAt;

    Heartbeat(Revision revision, Duration interval, Duration timeout, long now) {
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        if (revision == Revision.V3) {
            awaitPing(now);
        } else {
            rest(now);
        }
    }

    private void rest(long now) {
        phase = Phase.RESTING;
        dueAt = now + interval;
    }

    private void awaitPing(long now) {
        phase = Phase.AWAITING_PING;
        dueAt = now + interval + timeout;
    }

    Due due(long now) {
        if (now - dueAt < 0) {
            return Due.NOTHING;
        }
        return switch (phase) {
            case RESTING -> {
                phase = Phase.AWAITING_PONG;
                // From when the ping was due; but that a sweep comes much too late is not the client's fault.
                dueAt = Math.max(dueAt - now, -timeout / 4) + now + timeout;
                yield Due.PING;
            }
            case AWAITING_PONG, AWAITING_PING -> Due.TIMEOUT;
            case ENDING -> Due.END;
        };
    }

    /** When there is something to do next, in nanoseconds. */
    long dueAt() {
        return dueAt;
    }

    void ponged(long now) {
        if (phase == Phase.AWAITING_PONG) {
            rest(now);
        }
    }

    void pinged(long now) {
        if (phase == Phase.AWAITING_PING) {
            awaitPing(now);
        }
    }

    void expectEnd(long now) {
        phase = Phase.ENDING;
        dueAt = now + timeout;
    }
}
