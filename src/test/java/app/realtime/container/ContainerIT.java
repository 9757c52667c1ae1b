package app.realtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.realtime.config.ConfigurationExtension;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.HandshakeGate.Admission;
import app.realtime.engineio.HandshakeRequest;
import app.realtime.engineio.MemoryTransport;
import app.realtime.engineio.Session;
import app.realtime.engineio.protocol.Packet;
import app.realtime.events.EventPublisher;
import app.realtime.events.EventSource;
import app.realtime.events.Notification;
import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import app.realtime.kafka.KafkaFeed;
import app.realtime.kafka.KafkaSettings;
import app.realtime.kafka.consumer.FeedState;
import app.realtime.limits.LimitSettings;
import app.realtime.rooms.RoomManager;
import app.realtime.rooms.RoomSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the container makes of the service: the packaged archive with this class in it, whose tests run inside. The
 * server's environment is that of {@code src/test/liberty/server.env}, without Kafka.
 */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {

    @Inject
    private BeanManager beans;

    @Inject
    private RoomManager rooms;

    @Inject
    private EngineServer engine;

    @Inject
    private EngineOptions engineOptions;

    @Inject
    private LimitSettings limits;

    @Inject
    private RoomSettings roomSettings;

    @Inject
    private KafkaSettings kafkaSettings;

    @Inject
    private KafkaFeed kafka;

    @Inject
    private TokenVerifier tokens;

    @Inject
    private HandshakeGate gate;

    @Inject
    private EventPublisher publisher;

    @Inject
    private GuestNamespace guests;

    @Inject
    private MetricRegistry metrics;

    @Inject
    @Liveness
    private Instance<HealthCheck> liveness;

    @Inject
    @Readiness
    private Instance<HealthCheck> readiness;

    @Inject
    @Startup
    private Instance<HealthCheck> startup;

    @Resource(lookup = "java:app/concurrent/realtime")
    private ManagedThreadFactory threads;

    @Deployment
    static WebArchive service() {
        Path packaged =
                Path.of(System.getProperty("server.install"), "usr/servers", System.getProperty("server.name"), "apps");
        WebArchive archive = ShrinkWrap.create(ZipImporter.class, "inside.war")
                .importFrom(packaged.resolve("websocket-service.war").toFile())
                .as(WebArchive.class);
        return archive.setWebXML(withLibraries(archive.get("WEB-INF/web.xml").getAsset()))
                .addClasses(ContainerIT.class, GuestNamespace.class, MemoryTransport.class)
                .addAsLibrary(archiveOf(Awaitility.class))
                .addAsLibrary(archiveOf(Matcher.class))
                .addAsLibrary(archiveOf(Assertions.class));
    }

    /** The servlet by which the tests are run comes in a library. */
    private static Asset withLibraries(Asset webXml) {
        try (InputStream content = webXml.openStream()) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            String searched = text.replace("<absolute-ordering/>", "<absolute-ordering><others/></absolute-ordering>");
            assertThat(searched).isNotEqualTo(text);
            return new StringAsset(searched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hasOneRoomManagerForTheWholeApplication() {
        Set<Bean<?>> managers = beans.getBeans(RoomManager.class);

        assertThat(rooms.roomCount()).isZero();
        assertThat(managers).singleElement().satisfies(bean -> {
            assertThat(bean.getScope()).isEqualTo(ApplicationScoped.class);
            assertThat(beans.getContext(ApplicationScoped.class).get(bean)).isInstanceOf(RoomManager.class);
        });
        assertThat(rooms.getClass()).as("a proxy of the one").isNotEqualTo(RoomManager.class);
    }

    @Test
    void readsTheConfigurationBeforeAnyBean() {
        assertThat(beans.getExtension(ConfigurationExtension.class)).isNotNull();
    }

    @Test
    void takesItsSettingsFromTheEnvironment() {
        assertThat(engineOptions.pingInterval()).isEqualTo(Duration.ofSeconds(31));
        assertThat(engineOptions.pingTimeout()).isEqualTo(Duration.ofSeconds(61));
        assertThat(limits).isEqualTo(new LimitSettings(2, 11, Duration.ofSeconds(5)));
        assertThat(roomSettings).extracting(RoomSettings::maxRoomsPerConnection).isEqualTo(7);
        assertThat(kafkaSettings.brokers()).isEmpty();
    }

    @Test
    void acceptsSessionsOnceItIsDeployed() {
        assertThat(engine.isAccepting()).isTrue();
        assertThat(engine.sinceLastSweep()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void verifiesTokensByTheSecretOfTheEnvironment() throws Exception {
        Identity.User user = tokens.verify(token("for-the-tests-inside-the-container"));

        assertThat(user.userId()).isEqualTo("inside");
        assertThatThrownBy(() -> tokens.verify(token("another-secret-of-the-same-length!")))
                .isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void letsAnyBeanOpenANamespaceAndBroadcast() {
        HandshakeRequest request = request(Map.of());
        MemoryTransport transport = MemoryTransport.webSocket();
        Session session = engine.open(
                request,
                transport,
                admitted(gate.admit(request).toCompletableFuture().join()));
        session.receive(transport, new Packet.Text("0/guests,"));

        Awaitility.await().until(() -> transport.texts().contains("2/guests,[\"welcome\",{\"guests\":1}]"));
        assertThat(guests.announce("closing time")).isEqualTo(1);
        Awaitility.await().until(() -> transport.texts().contains("2/guests,[\"announcement\",\"closing time\"]"));
        session.end(CloseReason.FORCED_CLOSE);
        Awaitility.await().until(() -> guests.announce("nobody hears it") == 0);
    }

    @Test
    void admitsAsManyConnectionsOfAnAddressAsTheEnvironmentSays() {
        HandshakeRequest request = request(Map.of());
        Admission.Admitted first =
                admitted(gate.admit(request).toCompletableFuture().join());
        Admission.Admitted second =
                admitted(gate.admit(request).toCompletableFuture().join());

        assertThat(gate.admit(request).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(429));
        first.release().run();
        second.release().run();
        admitted(gate.admit(request).toCompletableFuture().join()).release().run();
    }

    @Test
    void refusesThePagesOfOtherSites() {
        assertThat(gate.admit(request(Map.of("origin", List.of("http://elsewhere.example"))))
                        .toCompletableFuture()
                        .join())
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(403));
        admitted(gate.admit(request(Map.of("origin", List.of("http://pages.example"))))
                        .toCompletableFuture()
                        .join())
                .release()
                .run();
    }

    @Test
    void publishesEventsThroughTheRoomManagerToTheMetrics() throws Exception {
        long before = broadcasts();

        assertThat(publisher
                        .publish(
                                Notification.from(JsonMapper.shared().readTree("{\"title\":\"nobody is here\"}")),
                                EventSource.HTTP)
                        .recipients())
                .isZero();

        assertThat(broadcasts()).isEqualTo(before + 1);
    }

    @Test
    void showsItsGaugesFromTheStart() {
        assertThat(metrics.getGauges().keySet().stream().map(MetricID::getName).collect(Collectors.toSet()))
                .contains("realtime_sessions", "realtime_connections", "realtime_rooms", "realtime_queued_packets");
    }

    @Test
    void answersEveryProbeWithItsChecks() {
        assertThat(upByName(liveness)).containsOnlyKeys("sessions").containsValue(true);
        assertThat(upByName(readiness))
                .containsExactlyInAnyOrderEntriesOf(Map.of("handshakes", true, "kafka", true, "cluster", true));
        assertThat(upByName(startup)).containsOnlyKeys("started").containsValue(true);
    }

    @Test
    void readsKafkaOnlyWhenThereAreBrokers() {
        assertThat(kafka.view().state()).isEqualTo(FeedState.DISABLED);
        assertThat(kafka.keepsDeadLetters()).isFalse();
    }

    @Test
    void runsItsTasksOnThreadsThatKnowTheApplication() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        Thread thread = threads.newThread(() -> name.completeAsync(() -> applicationName(), Runnable::run));
        thread.start();

        assertThat(name.get(10, TimeUnit.SECONDS)).isEqualTo("inside");
        assertThat(isVirtual(thread))
                .as("virtual where the JVM has virtual threads")
                .isEqualTo(Runtime.version().feature() >= 21);
    }

    /** The timer is registered when it is first needed. */
    private long broadcasts() {
        return Optional.ofNullable(metrics.getTimer(new MetricID("realtime_broadcast")))
                .map(Timer::getCount)
                .orElse(0L);
    }

    private static Admission.Admitted admitted(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return (Admission.Admitted) admission;
    }

    /** From an address that no client of the other tests has. */
    private static HandshakeRequest request(Map<String, List<String>> headers) {
        try {
            return new HandshakeRequest(InetAddress.getByName("192.0.2.1"), headers, Map.of(), "/socket.io/", false);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("A literal address is never looked up", e);
        }
    }

    private static Map<String, Boolean> upByName(Instance<HealthCheck> checks) {
        return checks.stream()
                .map(HealthCheck::call)
                .collect(Collectors.toMap(
                        HealthCheckResponse::getName,
                        response -> response.getStatus() == HealthCheckResponse.Status.UP));
    }

    private static String token(String secret) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        signature.setPayload("{\"userId\":\"inside\",\"exp\":%d}"
                .formatted(Instant.now().plusSeconds(60).getEpochSecond()));
        return signature.getCompactSerialization();
    }

    private static String applicationName() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException e) {
            throw new IllegalStateException("The thread does not know its application", e);
        }
    }

    /** By reflection, because Java 17 has no such method. */
    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    private static File archiveOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
