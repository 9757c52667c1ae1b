package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.redis.RedisBus;
import app.realtime.run.RedisCluster;
import app.realtime.run.RedisSentinel;
import app.realtime.run.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bus over several servers: a master that Sentinel knows, and a Redis Cluster. */
class RedisTopologyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    private <T extends AutoCloseable> T closed(T one) {
        open.add(one);
        return one;
    }

    private RedisBus bus(String url, boolean sharded) {
        RedisBus bus = closed(
                new RedisBus(URI.create(url), Optional.empty(), sharded, Executors.defaultThreadFactory()).start());
        await().atMost(PATIENCE).until(bus::isConnected);
        return bus;
    }

    private void hear(String channel, byte[] message) {
        heard.add(channel + ' ' + new String(message, StandardCharsets.UTF_8));
    }

    private static void publish(Channels channels, String channel, String text) {
        channels.publish(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes again and again, since what is said to a bus that is away is dropped. */
    private void awaitFlow(Channels from, String channel, String text) {
        await().atMost(PATIENCE).until(() -> {
            publish(from, channel, text);
            return heard.contains(channel + ' ' + text);
        });
    }

    private static int subscribers(Channels channels, String channel) throws Exception {
        return channels.subscribers(channel).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnWithTheMasterThatSentinelHasChosenAfterACrash(boolean sharded) {
        RedisSentinel sentinel = closed(RedisSentinel.running("pass-4711"));
        String url = sentinel.url().replace("//", "//:pass-4711@");
        RedisBus sender = bus(url, sharded);
        RedisBus receiver = bus(url, sharded);
        Channels to = sharded ? receiver.sharded() : receiver;
        Channels from = sharded ? sender.sharded() : sender;
        to.subscribe("channel", this::hear);
        awaitFlow(from, "channel", "before");
        sentinel.master().kill();
        await().atMost(PATIENCE).until(() -> !sender.isConnected() && !receiver.isConnected());
        awaitFlow(from, "channel", "after");
        await().atMost(PATIENCE).until(() -> sender.isConnected() && receiver.isConnected());
    }

    @Test
    void classicMessagesKeepTheirOrderOverAllChannelsOfARedisCluster() throws Exception {
        RedisCluster cluster = closed(RedisCluster.running(0));
        RedisBus sender = bus(cluster.url(), false);
        List<RedisBus> receivers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            receivers.add(bus(cluster.url(), false));
        }
        receivers.get(0).subscribeToPrefix("room", this::hear);
        receivers.forEach(one -> one.subscribe("all", (channel, message) -> {}));
        await().atMost(PATIENCE).until(() -> subscribers(sender, "all") == receivers.size());
        List<String> expected = IntStream.range(0, 10_000)
                .mapToObj(i -> "room" + i % 17 + ' ' + i)
                .toList();
        expected.forEach(text -> publish(sender, text.split(" ")[0], text.split(" ")[1]));
        await().atMost(PATIENCE).until(() -> heard.size() >= expected.size());
        assertThat(heard).isEqualTo(expected);
        assertThat(sender.dropped()).isZero();
    }

    @Test
    void shardChannelsAreCarriedByTheServerThatHasTheirSlot() throws Exception {
        RedisCluster cluster = closed(RedisCluster.running(0));
        RedisBus sender = bus(cluster.url(), true);
        RedisBus receiver = bus(cluster.url(), true);
        List<String> channels = IntStream.range(0, 60)
                .mapToObj(i -> "socket.io#/#room" + i + '#')
                .toList();
        channels.forEach(channel -> receiver.sharded().subscribe(channel, this::hear));
        for (String channel : channels) {
            await().until(() -> subscribers(sender.sharded(), channel) == 1);
            RedisServer master = cluster.masterOf(SlotHash.getSlot(channel));
            assertThat(RedisCluster.cli(master, "pubsub", "shardnumsub", channel))
                    .contains("1");
        }
        channels.forEach(channel -> publish(sender.sharded(), channel, "x"));
        await().until(() -> heard.size() >= channels.size());
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        channels.stream().map(name -> name + " x").toList());
        Map<String, Integer> perServer = new HashMap<>();
        for (RedisServer server : cluster.servers()) {
            perServer.put(server.address(), (int) RedisCluster.cli(server, "pubsub", "shardchannels", "socket.io*")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .count());
        }
        assertThat(perServer.values()).as("%s", perServer).hasSize(3).allMatch(count -> count > 0);
        channels.forEach(receiver.sharded()::unsubscribe);
        for (String channel : channels) {
            await().until(() -> subscribers(sender.sharded(), channel) == 0);
        }
    }

    @Test
    void aUserWithTheDocumentedRightsIsEnoughForARedisCluster() throws Exception {
        String user = "service on >pass-4711 &* +publish +subscribe +psubscribe +unsubscribe +punsubscribe +pubsub"
                + " +spublish +ssubscribe +sunsubscribe +ping +client +hello +cluster|nodes +cluster|myid +info";
        List<String> options = new ArrayList<>(List.of("--user"));
        options.addAll(List.of(user.split(" ")));
        RedisCluster cluster = closed(RedisCluster.running(0, options.toArray(String[]::new)));
        RedisBus bus = bus(cluster.url().replace("//", "//service:pass-4711@"), true);
        bus.subscribe("classic", this::hear);
        bus.sharded().subscribe("sharded", this::hear);
        awaitFlow(bus, "classic", "x");
        awaitFlow(bus.sharded(), "sharded", "x");
        assertThat(subscribers(bus, "classic")).isEqualTo(1);
        assertThat(subscribers(bus.sharded(), "sharded")).isEqualTo(1);
    }

    @Test
    void shardChannelsFollowTheirSlotToAnotherServer() throws Exception {
        RedisCluster cluster = closed(RedisCluster.running(0));
        RedisBus sender = bus(cluster.url(), true);
        RedisBus receiver = bus(cluster.url(), true);
        // The slots that a server has first are the ones that leave first.
        RedisServer from = cluster.masterOf(0);
        String channel = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "room" + i)
                .filter(name -> SlotHash.getSlot(name) < 100)
                .findFirst()
                .orElseThrow();
        receiver.sharded().subscribe(channel, this::hear);
        awaitFlow(sender.sharded(), channel, "before");
        cluster.move(200, from, cluster.masterOf(16_000));
        assertThat(cluster.masterOf(SlotHash.getSlot(channel))).isNotSameAs(from);
        awaitFlow(sender.sharded(), channel, "after");
    }

    @Test
    void classicMessagesGoOnWhenAServerOfTheClusterIsGone() {
        RedisCluster cluster = closed(RedisCluster.running(0));
        List<RedisBus> buses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RedisBus bus = bus(cluster.url(), false);
            int number = i;
            bus.subscribe("channel", (channel, message) -> hear("at " + number + " by " + channel, message));
            buses.add(bus);
        }
        cluster.servers().get(0).kill();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < buses.size(); i++) {
            String text = "after " + i;
            RedisBus from = buses.get(i);
            IntStream.range(0, buses.size()).forEach(at -> expected.add("at " + at + " by channel " + text));
            await().atMost(PATIENCE).until(() -> {
                publish(from, "channel", text);
                return heard.stream()
                                .filter(line -> line.endsWith(text))
                                .distinct()
                                .count()
                        == buses.size();
            });
        }
        assertThat(heard).containsAll(expected);
    }

    @Test
    void shardChannelsGoOnWithTheReplicaOfAServerThatIsGone() {
        RedisCluster cluster = closed(RedisCluster.running(1));
        RedisBus sender = bus(cluster.url(), true);
        RedisBus receiver = bus(cluster.url(), true);
        List<String> channels = IntStream.range(0, 20).mapToObj(i -> "room" + i).toList();
        channels.forEach(channel -> receiver.sharded().subscribe(channel, this::hear));
        channels.forEach(channel -> awaitFlow(sender.sharded(), channel, "before"));
        cluster.masterOf(SlotHash.getSlot("room0")).kill();
        channels.forEach(channel -> awaitFlow(sender.sharded(), channel, "after"));
        await().atMost(PATIENCE).until(() -> sender.isConnected() && receiver.isConnected());
    }
}
