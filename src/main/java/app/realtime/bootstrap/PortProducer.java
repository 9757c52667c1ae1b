package app.realtime.bootstrap;

import app.realtime.api.CallerAuthenticator;
import app.realtime.api.DeadLetterRedrive;
import app.realtime.api.DrainControl;
import app.realtime.api.RecordSender;
import app.realtime.api.TokenIssuer;
import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate;
import app.realtime.identity.TokenVerifier;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.KafkaSettings;
import app.realtime.limits.ConnectionLimits;
import app.realtime.ops.Drain;
import app.realtime.ops.DrainSettings;
import app.realtime.ops.ServiceInfo;
import app.realtime.security.AllowedOrigins;
import app.realtime.security.ApiAccess;
import app.realtime.security.ApiAccessSettings;
import app.realtime.security.DevelopmentTokens;
import app.realtime.security.OriginGate;
import app.realtime.security.TokenSettings;
import app.realtime.security.TrustedProxies;
import app.realtime.socketio.SocketServer;
import app.realtime.web.OriginPolicy;
import app.realtime.web.TrustedPeers;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Fits what guards the service into the ports that the session layer and the HTTP API declare. */
@Dependent
class PortProducer {

    @Resource(lookup = RealtimeProducer.PLATFORM_THREADS)
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    ClientAddresses clientAddresses(TrustedProxies proxies) {
        return proxies::clientAddress;
    }

    @Produces
    @Singleton
    HandshakeGate gate(AllowedOrigins origins, ConnectionLimits limits) {
        return new OriginGate(origins, limits);
    }

    @Produces
    @Singleton
    DeadLetterRedrive redrive(KafkaFeed feed, KafkaSettings settings) {
        return new KafkaRedrive(feed, settings);
    }

    @Produces
    @Singleton
    @Typed({Drain.class, DrainControl.class})
    Drain drain(DrainSettings settings, EngineServer engine, SocketServer sockets, KafkaFeed kafka) {
        return new Drain(settings, engine, sockets, kafka, threads);
    }

    @Produces
    @Singleton
    RecordSender records(KafkaFeed feed, KafkaSettings settings) {
        return new KafkaTrials(feed, settings);
    }

    @Produces
    @Singleton
    TokenIssuer tokenIssuer(TokenSettings settings, ServiceInfo service, Clock clock) {
        return service.development() ? new DevelopmentTokens(settings, clock) : request -> Optional.empty();
    }

    @Produces
    @Singleton
    OriginPolicy originPolicy(AllowedOrigins origins) {
        return origins::allow;
    }

    @Produces
    @Singleton
    TrustedPeers trustedPeers(TrustedProxies proxies) {
        return proxies::trusts;
    }

    @Produces
    @Singleton
    CallerAuthenticator callers(TokenVerifier tokens, ApiAccessSettings access) {
        return new ApiAccess(tokens, access.keys()::accept, access.open());
    }
}
