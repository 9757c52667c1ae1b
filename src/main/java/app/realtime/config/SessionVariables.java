package app.realtime.config;

import static app.realtime.config.Variable.CONNECTION_TIMEOUT;
import static app.realtime.config.Variable.HEARTBEAT_INTERVAL;
import static app.realtime.config.Variable.MAX_CONNECTIONS_PER_IP;
import static app.realtime.config.Variable.MAX_ROOMS_PER_CONNECTION;
import static app.realtime.config.Variable.OUTBOUND_MAX_BYTES;
import static app.realtime.config.Variable.OUTBOUND_MAX_MESSAGES;
import static app.realtime.config.Variable.RATE_LIMIT_MAX_MESSAGES;
import static app.realtime.config.Variable.RATE_LIMIT_WINDOW;
import static app.realtime.config.Variable.SLOW_CONSUMER_TIMEOUT;

import app.realtime.engineio.EngineOptions;
import app.realtime.limits.LimitSettings;
import app.realtime.rooms.RoomSettings;
import app.realtime.rooms.RoomTypes;
import java.time.Duration;

/** How sessions are kept, and how much each may do. */
final class SessionVariables {

    private static final int MAX_COUNT = 1_000_000;
    /** What a client is sent when it connects must find room. */
    private static final int MIN_OUTBOUND_MESSAGES = 10;

    private static final int MIN_OUTBOUND_BYTES = 10_000;
    private static final int MAX_OUTBOUND_BYTES = 1_000_000_000;

    private final Values values;

    SessionVariables(Values values) {
        this.values = values;
    }

    EngineOptions engine() {
        Duration interval = values.millis(HEARTBEAT_INTERVAL);
        Duration timeout = values.millis(CONNECTION_TIMEOUT);
        // Clients wait for the sum of both with one timer.
        if (interval.plus(timeout).toMillis() > Values.MAX_MILLIS) {
            values.problems()
                    .add(
                            CONNECTION_TIMEOUT,
                            timeout.toMillis() + " is too long; expected together with HEARTBEAT_INTERVAL at most "
                                    + Values.MAX_MILLIS + " milliseconds");
        }
        return new EngineOptions(interval, timeout)
                .withOutboundLimits(
                        values.number(OUTBOUND_MAX_MESSAGES, MIN_OUTBOUND_MESSAGES, MAX_COUNT),
                        values.number(OUTBOUND_MAX_BYTES, MIN_OUTBOUND_BYTES, MAX_OUTBOUND_BYTES),
                        values.millis(SLOW_CONSUMER_TIMEOUT));
    }

    LimitSettings limits() {
        return new LimitSettings(
                values.number(MAX_CONNECTIONS_PER_IP, 1, MAX_COUNT),
                values.number(RATE_LIMIT_MAX_MESSAGES, 1, MAX_COUNT),
                values.millis(RATE_LIMIT_WINDOW));
    }

    RoomSettings rooms(RoomTypes types) {
        return new RoomSettings(values.number(MAX_ROOMS_PER_CONNECTION, 1, MAX_COUNT), types);
    }
}
