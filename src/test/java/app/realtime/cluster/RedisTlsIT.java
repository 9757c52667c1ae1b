package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.redis.RedisBus;
import app.realtime.run.RedisCluster;
import app.realtime.run.RedisSentinel;
import app.realtime.run.RedisServer;
import app.realtime.tls.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus over TLS, to servers whose certificate a private CA has signed. */
class RedisTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Path ca;

    @BeforeEach
    void makeCertificates() throws IOException {
        RedisServer.require();
        TestCertificates certificates = new TestCertificates(directory);
        ca = directory.resolve("ca.pem");
        Files.writeString(ca, certificates.make("ca", "EC", "-ext", "bc:c").certificatePem());
        certificates.make("redis", "EC", "-signer", "ca").writeTo(directory);
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private RedisServer redis(String... further) {
        List<String> options = new ArrayList<>(RedisServer.tlsOptions(directory));
        options.addAll(List.of(further));
        RedisServer redis = RedisServer.running(options.toArray(String[]::new));
        open.add(redis);
        return redis;
    }

    private RedisBus bus(String url, Optional<Path> caFile, boolean sharded) {
        RedisBus bus = new RedisBus(URI.create(url), caFile, sharded, Executors.defaultThreadFactory()).start();
        open.add(bus);
        return bus;
    }

    private void hear(String channel, byte[] message) {
        heard.add(channel + ' ' + new String(message, StandardCharsets.UTF_8));
    }

    private static void publish(Channels channels, String channel) {
        channels.publish(channel, "x".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPrivateCaIsTrustedByItsFileAndAUserHasTheDocumentedRights() {
        String user = "service on >pass-4711 &* +publish +subscribe +psubscribe +unsubscribe +punsubscribe +pubsub"
                + " +spublish +ssubscribe +sunsubscribe +ping +client +hello";
        List<String> options = new ArrayList<>(List.of("--user"));
        options.addAll(List.of(user.split(" ")));
        options.addAll(List.of("--user", "default", "off"));
        RedisServer redis = redis(options.toArray(String[]::new));
        RedisBus bus = bus(redis.url().replace("//", "//service:pass-4711@"), Optional.of(ca), true);
        bus.subscribe("channel", this::hear);
        bus.sharded().subscribe("shard channel", this::hear);
        await().atMost(PATIENCE).until(bus::isConnected);
        publish(bus, "channel");
        publish(bus.sharded(), "shard channel");
        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactlyInAnyOrder("channel x", "shard channel x");
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() throws IOException {
        Path other = directory.resolve("other.pem");
        Files.writeString(other, anotherCa());
        RedisServer redis = redis("--requirepass", "pass-4711");
        String url = redis.url().replace("//", "//:pass-4711@");
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(RedisBus.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(new SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try {
            RedisBus byOther = bus(url, Optional.of(other), false);
            RedisBus byJvm = bus(url, Optional.empty(), false);
            await().atMost(PATIENCE)
                    .until(() -> logged.stream()
                                    .filter(line -> line.contains("WARNING") || line.contains("REDIS_URL"))
                                    .count()
                            >= 4);
            assertThat(byOther.isConnected()).isFalse();
            assertThat(byJvm.isConnected()).isFalse();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        assertThat(logged).noneMatch(line -> line.contains("pass-4711")).anyMatch(line -> line.contains("PKIX path"));
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws IOException {
        new TestCertificates(directory)
                .make("elsewhere", "EC", "-signer", "ca", "-ext", "san=dns:redis.example.com")
                .writeTo(directory);
        RedisBus bus = bus(redis().url(), Optional.of(ca), false);
        publish(bus, "channel");
        await().during(Duration.ofSeconds(2)).until(() -> !bus.isConnected());
    }

    @Test
    void everyServerOfARedisClusterIsReachedByTls() {
        RedisCluster cluster =
                RedisCluster.running(0, RedisServer.tlsOptions(directory).toArray(String[]::new));
        open.add(cluster);
        assertThat(cluster.url()).startsWith("rediss-cluster://");
        RedisBus bus = bus(cluster.url(), Optional.of(ca), true);
        List<String> channels = IntStream.range(0, 20).mapToObj(i -> "room" + i).toList();
        channels.forEach(channel -> bus.sharded().subscribe(channel, this::hear));
        bus.subscribe("classic", this::hear);
        await().atMost(PATIENCE).until(bus::isConnected);
        channels.forEach(channel -> publish(bus.sharded(), channel));
        publish(bus, "classic");
        await().until(() -> heard.size() > channels.size());
        assertThat(heard).contains("classic x", "room0 x", "room19 x");
    }

    @Test
    void sentinelAndTheMasterThatItKnowsAreReachedByTls() {
        RedisSentinel sentinel = RedisSentinel.running(
                "pass-4711", RedisServer.tlsOptions(directory).toArray(String[]::new));
        open.add(sentinel);
        assertThat(sentinel.url()).startsWith("rediss-sentinel://");
        RedisBus bus = bus(sentinel.url().replace("//", "//:pass-4711@"), Optional.of(ca), false);
        bus.subscribe("channel", this::hear);
        await().atMost(PATIENCE).until(bus::isConnected);
        publish(bus, "channel");
        await().until(() -> heard.equals(List.of("channel x")));
        sentinel.master().kill();
        await().atMost(PATIENCE).until(() -> {
            publish(bus, "channel");
            return heard.size() > 1;
        });
    }

    @Test
    void anotherCaInTheFileIsTrustedAtTheNextConnection() throws IOException {
        String right = Files.readString(ca);
        Files.writeString(ca, anotherCa());
        RedisBus bus = bus(redis().url(), Optional.of(ca), false);
        await().during(Duration.ofSeconds(1)).until(() -> !bus.isConnected());
        Files.writeString(ca, right);
        await().atMost(PATIENCE).until(bus::isConnected);
    }

    private String anotherCa() throws IOException {
        return new TestCertificates(Files.createDirectory(directory.resolve("other")))
                .make("ca", "EC", "-ext", "bc:c")
                .certificatePem();
    }
}
