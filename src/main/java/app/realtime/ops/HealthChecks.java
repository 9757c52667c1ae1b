package app.realtime.ops;

import app.realtime.api.HealthSource;
import app.realtime.engineio.EngineServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The probes of MicroProfile Health, on the management port. Kafka and the cluster are reported and never make a probe
 * fail: without them the service still serves, and a restart would not bring them back.
 */
@ApplicationScoped
class HealthChecks {

    /** Heartbeats are looked after several times a second; so long a silence needs a restart. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    @Produces
    @Liveness
    HealthCheck sessions(EngineServer engine) {
        return () -> HealthCheckResponse.named("sessions")
                .status(engine.sinceLastSweep().compareTo(STUCK) < 0)
                .withData("lastSweepMillisAgo", engine.sinceLastSweep().toMillis())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck handshakes(EngineServer engine) {
        return () -> HealthCheckResponse.named("handshakes")
                .status(engine.isAccepting())
                .withData("sessions", engine.sessions().size())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck kafka(HealthSource source) {
        return () -> HealthCheckResponse.named("kafka")
                .up()
                .withData("state", source.health().kafka().label())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck cluster(HealthSource source) {
        return () -> HealthCheckResponse.named("cluster")
                .up()
                .withData("state", source.health().cluster().label())
                .build();
    }

    @Produces
    @Startup
    HealthCheck started(EngineServer engine) {
        return () -> HealthCheckResponse.named("started")
                .status(engine.isAccepting())
                .build();
    }
}
