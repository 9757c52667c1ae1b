package app.realtime.config;

import app.realtime.api.EffectiveSettings;
import app.realtime.cluster.ClusterSettings;
import app.realtime.cluster.members.InstanceSettings;
import app.realtime.engineio.EngineOptions;
import app.realtime.kafka.KafkaSettings;
import app.realtime.limits.LimitSettings;
import app.realtime.ops.DrainSettings;
import app.realtime.ops.ServiceInfo;
import app.realtime.rooms.RoomSettings;
import app.realtime.security.AllowedOrigins;
import app.realtime.security.ApiAccessSettings;
import app.realtime.security.TokenSettings;
import app.realtime.security.TrustedProxies;
import app.realtime.tls.TlsSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

/** Offers each part of the configuration to the package that declares it. */
@Dependent
class SettingsProducer {

    private final Configuration configuration;

    @Inject
    SettingsProducer(ConfigurationExtension extension) {
        this.configuration = extension.configuration();
    }

    @Produces
    ServiceInfo service() {
        return configuration.service();
    }

    @Produces
    EngineOptions engine() {
        return configuration.engine();
    }

    @Produces
    LimitSettings limits() {
        return configuration.limits();
    }

    @Produces
    RoomSettings rooms() {
        return configuration.rooms();
    }

    @Produces
    KafkaSettings kafka() {
        return configuration.kafka();
    }

    @Produces
    ClusterSettings cluster() {
        return configuration.cluster();
    }

    @Produces
    InstanceSettings instance() {
        return configuration.instance();
    }

    @Produces
    TlsSettings tls() {
        return configuration.tls();
    }

    @Produces
    TokenSettings tokens() {
        return configuration.tokens();
    }

    @Produces
    ApiAccessSettings apiAccess() {
        return configuration.apiAccess();
    }

    @Produces
    TrustedProxies proxies() {
        return configuration.proxies();
    }

    @Produces
    EffectiveSettings effective() {
        return configuration.effective();
    }

    @Produces
    DrainSettings drain() {
        return configuration.drain();
    }

    @Produces
    AllowedOrigins origins() {
        return configuration.origins();
    }
}
