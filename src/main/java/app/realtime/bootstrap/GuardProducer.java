package app.realtime.bootstrap;

import app.realtime.limits.ConnectionLimits;
import app.realtime.limits.LimitSettings;
import app.realtime.limits.MessageLimits;
import app.realtime.limits.SharedCounts;
import app.realtime.security.JwtVerifier;
import app.realtime.security.TokenSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes the objects that check tokens and limits, one of each. */
@Dependent
class GuardProducer {

    private static final Duration TELL_UNTOLD = Duration.ofSeconds(2);
    private static final Duration TELL_ALL = Duration.ofSeconds(15);

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    JwtVerifier tokenVerifier(TokenSettings settings, Clock clock) {
        return new JwtVerifier(settings, clock, scheduler);
    }

    /** Static: at the end of the application the container cannot give this class its resources any more. */
    static void close(@Disposes JwtVerifier verifier) {
        verifier.close();
    }

    /** Redis may have been started anew, and forgets addresses of which it hears nothing. */
    static void tellAgain(
            @Observes Startup event,
            ConnectionLimits limits,
            Optional<SharedCounts> shared,
            ScheduledExecutorService timer) {
        if (shared.isPresent()) {
            every(TELL_UNTOLD, limits::tellUntold, timer);
            every(TELL_ALL, limits::tellAgain, timer);
        }
    }

    private static void every(Duration time, Runnable task, ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(task, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Keys are fetched from the start on, not from the first token on. */
    static void start(@Observes Startup event, JwtVerifier verifier) {}

    @Produces
    @Singleton
    @Typed(ConnectionLimits.class)
    ConnectionLimits connectionLimits(LimitSettings settings, Optional<SharedCounts> shared) {
        return new ConnectionLimits(settings, shared);
    }

    @Produces
    @Singleton
    MessageLimits messageLimits(LimitSettings settings, Optional<SharedCounts> shared) {
        return new MessageLimits(settings, shared, System::nanoTime);
    }
}
