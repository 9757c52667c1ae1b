package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A session's move from polling to a websocket: the client probes the candidate, is answered, and then says that it
 * takes over (Engine.IO protocol 4, "Upgrade"). Guarded by its session's lock.
 */
final class Upgrade {

    /** What a packet on a websocket that is not the transport asks of the session. */
    enum Step {
        /** Nothing: it is no candidate. */
        IGNORE,
        /** The probe is to be answered, and every poll to be let go. */
        ANSWER,
        /** The candidate takes over. */
        SWITCH,
        /** The candidate breaks the protocol and is to be closed. */
        DROP
    }

    private static final long POLL_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Optional<Transport> candidate = Optional.empty();
    private long dueAt;
    private long letGoAt;
    private boolean probed;

    /** @param dueAt in nanoseconds: when the candidate must have taken over */
    void begin(Transport newCandidate, long dueAt) {
        this.candidate = Optional.of(newCandidate);
        this.dueAt = dueAt;
        this.probed = false;
    }

    boolean isUnderWay() {
        return candidate.isPresent();
    }

    /**
     * A poll has come. While the websocket is probed it is let go soon, so that the client can leave polling; but not at
     * once, because it may be one that should not have come any more, after the packet that completes the upgrade and
     * ahead of it.
     */
    void polled(long now) {
        letGoAt = now + POLL_HOLD_NANOS;
    }

    /** Whether a poll that waits is to be let go. */
    boolean letsGoOfPoll(long now) {
        return isUnderWay() && probed && now - letGoAt >= 0;
    }

    Step receive(Transport from, Packet packet) {
        if (!isCandidate(from)) {
            return Step.IGNORE;
        }
        if (packet instanceof Packet.Ping ping && ping.data().equals(Packet.PROBE) && !probed) {
            probed = true;
            return Step.ANSWER;
        }
        Step step = packet instanceof Packet.Upgrade && probed ? Step.SWITCH : Step.DROP;
        candidate = Optional.empty();
        return step;
    }

    boolean isCandidate(Transport transport) {
        return candidate.isPresent() && candidate.get() == transport;
    }

    /** Gives up; the candidate, if there was one, is the caller's to close. */
    Optional<Transport> abandon() {
        Optional<Transport> abandoned = candidate;
        candidate = Optional.empty();
        return abandoned;
    }

    /** Gives up if the candidate is late. */
    Optional<Transport> abandonIfLate(long now) {
        return isUnderWay() && now - dueAt >= 0 ? abandon() : Optional.empty();
    }
}
