package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.redis.RedisBus;
import app.realtime.cluster.redis.RedisCounts;
import app.realtime.run.RedisServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus over a Redis of its own. */
class RedisBusIT {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void require() {
        RedisServer.require();
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private RedisServer redis(String... options) {
        RedisServer redis = RedisServer.running(options);
        open.add(redis);
        return redis;
    }

    private RedisBus bus(String url) {
        RedisBus bus = new RedisBus(URI.create(url), Executors.defaultThreadFactory()).start();
        open.add(bus);
        return bus;
    }

    private void hear(String channel, byte[] message) {
        heard.add(channel + ' ' + new String(message, StandardCharsets.UTF_8));
    }

    private static void publish(Channels bus, String channel, String text) {
        bus.publish(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aUserWithTheDocumentedRightsIsEnough() throws Exception {
        String user =
                "service on >pass-4711 &* ~websocket-service:* +publish +subscribe +psubscribe +unsubscribe +punsubscribe"
                        + " +pubsub +ping +client +hello +eval +incrby +pexpire +pttl +hset +hget +hdel +hlen +hkeys";
        List<String> options = new ArrayList<>(List.of("--user"));
        options.addAll(List.of(user.split(" ")));
        options.addAll(List.of("--user", "default", "off"));
        RedisServer redis = redis(options.toArray(String[]::new));
        RedisBus bus = bus(redis.url().replace("//", "//service:pass-4711@"));
        bus.subscribe("channel", this::hear);
        bus.subscribeToPrefix("pre[fix*", this::hear);
        await().until(bus::isConnected);
        publish(bus, "channel", "one");
        publish(bus, "pre[fix*#room#", "two");
        publish(bus, "pre[fixed", "not this");
        publish(bus, "channel", "three");
        await().until(() -> heard.size() == 3);
        assertThat(heard).containsExactly("channel one", "pre[fix*#room#" + " two", "channel three");
        assertThat(bus.subscribers("channel").toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEqualTo(1);
        RedisCounts counts = new RedisCounts(bus, "one", () -> List.of("two"));
        InetAddress address = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 40; i++) {
            new RedisCounts(bus, "old" + i, List::of)
                    .sessionsElsewhere(address, 1)
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
        }
        assertThat(counts.sessionsElsewhere(address, 1).toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isZero();
        assertThat(counts.addMessages(address, 3, Duration.ofMinutes(1))
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS)
                        .messages())
                .isEqualTo(3);
        bus.unsubscribe("channel");
        bus.unsubscribe("pre[fix*");
        await().until(() -> bus.subscribers("channel").toCompletableFuture().get(5, TimeUnit.SECONDS) == 0);
    }

    @Test
    void saysOnceThatAUserWithoutScriptsCannotCount() throws Exception {
        RedisServer redis = redis("--user", "default", "on", "nopass", "+@all", "-eval", "~*", "&*");
        RedisBus bus = bus(redis.url());
        await().until(bus::isConnected);
        RedisCounts counts = new RedisCounts(bus, "one", List::of);
        List<String> told = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                told.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(RedisCounts.class.getName());
        log.addHandler(handler);
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(counts.sessionsElsewhere(InetAddress.getLoopbackAddress(), 1)
                                .toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(5));
            }
        } finally {
            log.removeHandler(handler);
        }
        assertThat(told).singleElement().asString().contains("MAX_CONNECTIONS_PER_IP", "NOPERM");
    }

    @Test
    void aWrongPasswordLeavesTheInstanceAlone() {
        RedisBus bus = bus(redis("--requirepass", "right").url().replace("//", "//:wrong@"));
        publish(bus, "channel", "nobody hears this");
        await().during(Duration.ofSeconds(1)).until(() -> !bus.isConnected());
        assertThat(bus.dropped()).isEqualTo(1);
    }

    @Test
    void keepsTheOrderOfManyMessages() {
        RedisServer redis = redis();
        RedisBus sender = bus(redis.url());
        RedisBus receiver = bus(redis.url());
        receiver.subscribeToPrefix("room", this::hear);
        await().until(() -> sender.isConnected() && receiver.isConnected());
        List<String> expected = IntStream.range(0, 20_000)
                .mapToObj(i -> "room" + i % 7 + ' ' + i)
                .toList();
        expected.forEach(text -> {
            String[] parts = text.split(" ");
            publish(sender, parts[0], parts[1]);
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == expected.size());
        assertThat(heard).isEqualTo(expected);
        assertThat(sender.dropped()).isZero();
    }

    @Test
    void shardChannelsComeAndGoWhileMessagesAreHeard() throws Exception {
        RedisServer redis = redis();
        RedisBus sender = shardedBus(redis.url());
        RedisBus receiver = shardedBus(redis.url());
        receiver.sharded().subscribe("steady", this::hear);
        await().until(() -> sender.isConnected() && receiver.isConnected());
        List<String> expected =
                IntStream.range(0, 20_000).mapToObj(i -> "steady " + i).toList();
        Thread publishing =
                new Thread(() -> expected.forEach(text -> publish(sender.sharded(), "steady", text.split(" ")[1])));
        publishing.start();
        for (int i = 0; publishing.isAlive() || i < 1_000; i++) {
            receiver.sharded().subscribe("room" + i % 10, this::hear);
            receiver.sharded().unsubscribe("room" + i % 10);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == expected.size());
        assertThat(heard).isEqualTo(expected);
        receiver.sharded().subscribe("room", this::hear);
        await().until(() -> subscribersOfShardChannel(sender, "room") == 1);
        assertThat(subscribersOfShardChannel(sender, "room1")).isZero();
    }

    private RedisBus shardedBus(String url) {
        RedisBus bus = new RedisBus(URI.create(url), Optional.empty(), true, Executors.defaultThreadFactory()).start();
        open.add(bus);
        return bus;
    }

    private static int subscribersOfShardChannel(RedisBus bus, String channel) throws Exception {
        return bus.sharded().subscribers(channel).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void aRedisWithoutTheRightsForShardChannelsIsReported() {
        RedisServer redis = redis("--user", "default", "on", "nopass", "&*", "+@all", "-ssubscribe");
        RedisBus bus = shardedBus(redis.url());
        await().until(bus::isConnected);
        bus.sharded().subscribe("room", this::hear);
        await().until(() -> !bus.isConnected());
    }

    @Test
    void whatIsSubscribedToWhileRedisIsAwayIsHeardAfterwards() {
        RedisServer redis = redis();
        RedisBus bus = bus(redis.url());
        bus.subscribe("before", this::hear);
        bus.subscribe("given up", this::hear);
        await().until(bus::isConnected);
        redis.close();
        await().until(() -> !bus.isConnected());
        bus.subscribe("meanwhile", this::hear);
        bus.subscribeToPrefix("prefix", this::hear);
        bus.unsubscribe("given up");
        redis.start();
        await().atMost(Duration.ofSeconds(20)).until(bus::isConnected);
        bus.subscribe("after", this::hear);
        List.of("before", "given up", "meanwhile", "prefixed").forEach(channel -> publish(bus, channel, "1"));
        await().until(() -> {
            publish(bus, "after", "2");
            return heard.contains("after 2");
        });
        assertThat(heard).startsWith("before 1", "meanwhile 1", "prefixed 1").doesNotContain("given up 1");
    }
}
