package app.realtime.bootstrap;

import app.realtime.limits.ConnectionLimits;
import app.realtime.limits.LimitSettings;
import app.realtime.limits.MessageLimits;
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

/** Makes the objects that check tokens and limits, one of each. */
@Dependent
class GuardProducer {

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

    /** Keys are fetched from the start on, not from the first token on. */
    static void start(@Observes Startup event, JwtVerifier verifier) {}

    @Produces
    @Singleton
    @Typed(ConnectionLimits.class)
    ConnectionLimits connectionLimits(LimitSettings settings) {
        return new ConnectionLimits(settings);
    }

    @Produces
    @Singleton
    MessageLimits messageLimits(LimitSettings settings) {
        return new MessageLimits(settings, System::nanoTime);
    }
}
