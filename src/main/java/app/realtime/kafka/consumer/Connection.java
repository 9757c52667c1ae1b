package app.realtime.kafka.consumer;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How it stands with the brokers, and why. The consumer's thread changes it; any thread reads it. */
final class Connection {

    private static final Logger LOG = Logger.getLogger(Connection.class.getName());

    /** What is true at one moment. */
    record Status(FeedState state, Instant since, Optional<Trouble> trouble, long reconnects) {

        Status with(FeedState next, Instant now, Optional<Trouble> why, long times) {
            return new Status(next, next == state ? since : now, why, times);
        }
    }

    private final Clock clock;
    private final String brokers;
    private final Runnable reconnected;
    private volatile Status status;

    /** @param reconnected called when brokers that had been lost were reached again */
    Connection(Clock clock, String brokers, Runnable reconnected) {
        this.clock = clock;
        this.brokers = brokers;
        this.reconnected = reconnected;
        status = new Status(FeedState.CONNECTING, clock.instant(), Optional.empty(), 0);
    }

    Status status() {
        return status;
    }

    /** A try has failed. The first failure of a kind is told as a warning, the same again only at debug level. */
    Trouble failed(Throwable failure) {
        Trouble trouble = Trouble.of(failure);
        boolean known = status.trouble().filter(trouble::equals).isPresent();
        String message = "Kafka at %s: %s (%s). The service goes on trying."
                .formatted(brokers, trouble.advice(), failure.getMessage());
        if (trouble == Trouble.OTHER) {
            LOG.log(known ? Level.FINE : Level.WARNING, message, failure);
        } else {
            LOG.log(known ? Level.FINE : Level.WARNING, message);
        }
        set(absent(), Optional.of(trouble));
        return trouble;
    }

    /** What a look at the consumer showed. */
    void seen(Membership membership) {
        if (membership.connected() && membership.member()) {
            set(FeedState.CONNECTED, Optional.empty());
        } else if (membership.connected()) {
            set(absent(), status.trouble().filter(trouble -> trouble != Trouble.UNREACHABLE));
        } else {
            set(absent(), Optional.of(status.trouble().orElse(Trouble.UNREACHABLE)));
        }
    }

    private FeedState absent() {
        return status.state() == FeedState.CONNECTING ? FeedState.CONNECTING : FeedState.DISCONNECTED;
    }

    private void set(FeedState next, Optional<Trouble> trouble) {
        Status before = status;
        boolean again = before.state() == FeedState.DISCONNECTED && next == FeedState.CONNECTED;
        status = before.with(next, clock.instant(), trouble, before.reconnects() + (again ? 1 : 0));
        if (next == before.state()) {
            return;
        }
        if (next == FeedState.CONNECTED) {
            LOG.info(() -> "Connected to Kafka at " + brokers);
        } else {
            LOG.log(
                    Level.WARNING,
                    () -> "Disconnected from Kafka at %s: %s"
                            .formatted(brokers, trouble.map(Trouble::advice).orElse("not a member of the group now")));
        }
        if (again) {
            reconnected.run();
        }
    }
}
