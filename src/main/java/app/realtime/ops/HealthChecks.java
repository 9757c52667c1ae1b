package app.realtime.ops;

import app.realtime.api.HealthSource;
import app.realtime.api.KafkaReport;
import app.realtime.engineio.EngineServer;
import app.realtime.json.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
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
        return () -> {
            KafkaReport kafka = source.health().kafka();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("kafka")
                    .up()
                    .withData("state", kafka.state().label())
                    .withData("since", Timestamps.format(kafka.since()))
                    .withData("reconnects", kafka.reconnects())
                    .withData("lag", kafka.lag())
                    .withData("deadLettersWaiting", kafka.deadLettersWaiting());
            kafka.reason().ifPresent(reason -> answer.withData("reason", reason));
            for (KafkaReport.Partition partition : kafka.partitions()) {
                answer.withData(partition.topic() + '-' + partition.partition(), describe(partition));
            }
            return answer.build();
        };
    }

    /** In one text, because a probe's data are flat. */
    private static String describe(KafkaReport.Partition partition) {
        return "assigned %s, lag %s, last offset %s, newest record %s, records %s, delays %d of %d ms together"
                .formatted(
                        partition.assigned(),
                        text(partition.lag()),
                        text(partition.lastOffset()),
                        partition.newest().map(Timestamps::format).orElse("unknown"),
                        partition.records(),
                        partition.delays(),
                        partition.delaySum().toMillis());
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "unknown";
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
