package app.realtime.engineio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Decides who gets a session. Called on container threads, several at a time; must not block. */
@FunctionalInterface
public interface HandshakeGate {

    /** Usually complete already, and within a tenth of a second; never fails. */
    CompletionStage<Admission> admit(HandshakeRequest request);

    /** The answer of a gate. */
    sealed interface Admission {

        /**
         * The session may open.
         *
         * @param release run exactly once, when the session has ended or could not be opened
         */
        record Admitted(Runnable release) implements Admission {}

        /**
         * No session.
         *
         * @param status the HTTP status, 403 or 429
         * @param reason a short constant name for metrics, such as {@code connections_per_ip}
         * @param message what the client is told
         * @param retryAfter when another attempt may succeed
         */
        record Refused(int status, String reason, String message, Optional<Duration> retryAfter) implements Admission {}
    }
}
