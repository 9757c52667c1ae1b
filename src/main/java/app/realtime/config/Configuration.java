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
import app.realtime.rooms.RoomTypes;
import app.realtime.security.AllowedOrigins;
import app.realtime.security.ApiAccessSettings;
import app.realtime.security.TokenSettings;
import app.realtime.security.TrustedProxies;
import app.realtime.tls.TlsSettings;
import java.time.Duration;
import java.util.List;

/**
 * The whole configuration, valid in itself. Immutable.
 *
 * @param warnings what is in order for development and should be known all the same
 */
record Configuration(
        ServiceInfo service,
        EngineOptions engine,
        LimitSettings limits,
        RoomSettings rooms,
        KafkaSettings kafka,
        TokenSettings tokens,
        ApiAccessSettings apiAccess,
        TrustedProxies proxies,
        AllowedOrigins origins,
        ClusterSettings cluster,
        InstanceSettings instance,
        DrainSettings drain,
        TlsSettings tls,
        EffectiveSettings effective,
        List<String> warnings) {

    private static final String NAME = "websocket-service";
    private static final int MAX_DRAIN_SECONDS = 3600;

    /** @throws InvalidConfigurationException if anything in the environment is wrong */
    static Configuration read(Environment environment) {
        Problems problems = new Problems();
        Values values = new Values(environment, problems);
        ServiceInfo service = new ServiceInfo(NAME, BuildVersion.read(), new ServerVariables(values).readEnvironment());
        boolean production = service.production();
        KafkaVariables kafka = new KafkaVariables(values);
        SecurityVariables security = SecurityVariables.read(values, production);
        ClientVariables clients = new ClientVariables(values, production);
        SessionVariables sessions = new SessionVariables(values);
        Configuration configuration = new Configuration(
                service,
                sessions.engine(),
                sessions.limits(),
                sessions.rooms(RoomTypes.BUILT_IN.with(kafka.roomTypes())),
                kafka.settings(),
                security.tokens(),
                security.apiAccess(),
                clients.proxies(),
                clients.origins(),
                new ClusterVariables(values).read(),
                new InstanceVariables(values).read(),
                new DrainSettings(Duration.ofSeconds(values.number(Variable.DRAIN_SECONDS, 0, MAX_DRAIN_SECONDS))),
                new TlsVariables(values).read(),
                new VisibleVariables(values).read(service.environment()),
                security.warnings());
        if (!problems.lines().isEmpty()) {
            throw new InvalidConfigurationException(problems.lines());
        }
        return configuration;
    }
}
