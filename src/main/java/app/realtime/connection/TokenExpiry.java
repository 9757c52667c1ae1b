package app.realtime.connection;

import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import app.realtime.json.Timestamps;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomName;
import app.realtime.socketio.Acknowledgement;
import app.realtime.socketio.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Ends connections when their token expires, and takes new tokens by {@code authenticate}. Thread-safe. */
final class TokenExpiry {

    /** Longer waits are made of several, so that no sum overflows. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final TokenVerifier tokens;
    private final RoomManager rooms;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    TokenExpiry(TokenVerifier tokens, RoomManager rooms, Clock clock, ScheduledExecutorService timer) {
        this.tokens = tokens;
        this.rooms = rooms;
        this.clock = clock;
        this.timer = timer;
    }

    void serve(Socket socket) {
        Watch watch = new Watch(socket);
        socket.on("authenticate", (args, ack) -> authenticate(socket, watch, args, ack));
        watch.wake();
        socket.onDisconnect(reason -> watch.stop());
    }

    private void authenticate(Socket socket, Watch watch, List<JsonNode> args, Acknowledgement ack) {
        JsonNode token = args.isEmpty()
                ? JsonNodeFactory.instance.missingNode()
                : args.get(0).path("token");
        if (!token.isString()) {
            refuse(socket, ack, "token must be a string", TokenRefusedException.Reason.INVALID.code());
            return;
        }
        try {
            Identity.User renewed = tokens.verify(token.stringValue());
            Optional<String> current = socket.attachment(Identity.class)
                    .filter(identity -> !identity.isAnonymous())
                    .map(Identity::userId);
            if (!current.equals(Optional.of(renewed.userId()))) {
                refuse(socket, ack, "The token is another user's: connect anew to change users", "user_mismatch");
                return;
            }
            for (RoomName lost : rooms.renew(socket, renewed)) {
                socket.emit(
                        "room_left",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("room", lost.toString())
                                .put("timestamp", Timestamps.format(clock.instant())));
            }
            watch.wake();
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            renewed.expiresAt().ifPresent(at -> answer.put("expiresAt", Timestamps.format(at)));
            Answers.grant(ack, answer);
        } catch (TokenRefusedException e) {
            refuse(socket, ack, e.getMessage(), e.reason().code());
        }
    }

    private static void refuse(Socket socket, Acknowledgement ack, String message, String code) {
        Answers.error(socket, message, code, Optional.empty());
        Answers.refuse(ack, message, code);
    }

    /** The alarm of one socket: at most one is set. */
    private final class Watch {

        private final Socket socket;
        private final AtomicReference<Optional<ScheduledFuture<?>>> alarm = new AtomicReference<>(Optional.empty());

        Watch(Socket socket) {
            this.socket = socket;
        }

        /** Looks at the identity as it is now: ends the connection, or sets the alarm for later. */
        void wake() {
            Optional<Instant> expiresAt = socket.attachment(Identity.class)
                    .flatMap(identity -> identity instanceof Identity.User user ? user.expiresAt() : Optional.empty());
            if (expiresAt.isEmpty() || !socket.isConnected()) {
                stop();
                return;
            }
            Duration left = Duration.between(clock.instant(), expiresAt.get());
            if (left.isZero() || left.isNegative()) {
                Answers.error(socket, "Token expired", TokenRefusedException.Reason.EXPIRED.code(), Optional.empty());
                socket.disconnect(true);
            } else {
                Duration wait = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
                set(Optional.of(timer.schedule(this::wake, wait.toMillis() + 1, TimeUnit.MILLISECONDS)));
                if (!socket.isConnected()) {
                    stop();
                }
            }
        }

        void stop() {
            set(Optional.empty());
        }

        private void set(Optional<ScheduledFuture<?>> next) {
            alarm.getAndSet(next).ifPresent(previous -> previous.cancel(false));
        }
    }
}
