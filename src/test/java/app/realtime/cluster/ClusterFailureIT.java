package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.RedisProxy.Line;
import app.realtime.contract.SocketClient;
import app.realtime.run.LibertyServer;
import app.realtime.run.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers under load, each with a network to Redis of its own, and what becomes of them when it or Redis fails. */
class ClusterFailureIT {

    private static final Duration BACK = Duration.ofSeconds(30);
    private static final String LATE = "survey:late";

    private static final List<RedisProxy> NETWORKS = new ArrayList<>();
    private static final List<Instance> INSTANCES = new ArrayList<>();
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        RedisServer.require();
        redis = RedisServer.running();
        for (int i = 0; i < 2; i++) {
            RedisProxy network = new RedisProxy(redis.port());
            NETWORKS.add(network);
            INSTANCES.add(new Instance(LibertyServer.builder()
                    .environment("REDIS_URL", network.url())
                    .environment("APP_ENV", "development")
                    .start()));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        INSTANCES.forEach(instance -> instance.server().kill());
        for (RedisProxy network : NETWORKS) {
            network.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void whole() {
        NETWORKS.forEach(RedisProxy::heal);
        awaitStates("connected", "connected");
    }

    private static void awaitStates(String one, String two) {
        await(one + " and " + two)
                .atMost(BACK)
                .until(() -> INSTANCES.get(0).state().equals(one)
                        && INSTANCES.get(1).state().equals(two));
    }

    /** The streams go on for a while over a cluster that is whole again, and end; a room that is new gets its events, too. */
    private static void assertWholeAgain(ClusterLoad load, SocketClient late) {
        List<Integer> whole = load.next();
        load.goesOn(50);
        INSTANCES.get(0).broadcast(LATE, "note", "{\"n\":0}");
        INSTANCES.get(0).broadcast(LATE, "note", "{\"n\":1}");
        load.finish().wasNotHeldUp().crossedOnce(whole);
        assertThat(late.next("note").findPath("n").asInt()).isZero();
        assertThat(late.next("note").findPath("n").asInt()).isEqualTo(1);
    }

    private static SocketClient joined() {
        return INSTANCES.get(1).client(LATE);
    }

    @Test
    void redisIsKilledUnderLoadAndStartedAgain() {
        try (ClusterLoad load = new ClusterLoad(INSTANCES)) {
            load.goesOn(50);
            redis.kill();
            awaitStates("degraded", "degraded");
            load.goesOn(50).isDeliveredLocally();
            try (SocketClient late = joined()) {
                redis.start();
                awaitStates("connected", "connected");
                assertWholeAgain(load, late);
            }
        }
    }

    @Test
    void aSlowNetworkIsNoOutageAndOneThatIsTooSlowIs() {
        try (ClusterLoad load = new ClusterLoad(INSTANCES)) {
            List<Integer> slow = load.next();
            long outages = INSTANCES.get(0).outages();
            Line line = Line.slow(Duration.ofMillis(400));
            NETWORKS.forEach(network -> network.become(line, line));
            load.goesOn(100).isDeliveredLocally();
            load.finish().wasNotHeldUp().crossedOnce(slow);
            assertThat(INSTANCES.get(0).outages()).isEqualTo(outages);
        }
        try (ClusterLoad load = new ClusterLoad(INSTANCES)) {
            Line line = Line.slow(Duration.ofSeconds(3));
            NETWORKS.get(0).become(line, line);
            awaitStates("degraded", "connected");
            load.goesOn(50).isDeliveredLocally();
            try (SocketClient late = joined()) {
                NETWORKS.get(0).heal();
                awaitStates("connected", "connected");
                assertWholeAgain(load, late);
            }
        }
    }

    @Test
    void moreThanTheNetworkCanTakeIsDroppedAndHoldsNothingUp() {
        String much = "\"" + "x".repeat(900_000) + "\"";
        try (ClusterLoad load = new ClusterLoad(INSTANCES)) {
            double dropped = INSTANCES.get(0).dropped();
            NETWORKS.get(0).become(Line.narrow(2_000_000), Line.CLEAR);
            // Nobody is in the room: all of this is for Redis alone, 90 MB where 64 MB may wait.
            for (int i = 0; i < 100; i++) {
                INSTANCES.get(0).broadcast("survey:empty", "note", much);
            }
            load.isDeliveredLocally();
            awaitStates("degraded", "connected");
            load.isDeliveredLocally();
            assertThat(INSTANCES.get(0).dropped()).isGreaterThan(dropped);
            try (SocketClient late = joined()) {
                NETWORKS.get(0).heal();
                awaitStates("connected", "connected");
                assertWholeAgain(load, late);
            }
        }
    }

    @Test
    void anInstanceWhoseNetworkSwallowsEverythingIsAloneAndComesBack() {
        assertPartitioned(() -> NETWORKS.get(0).become(Line.LOST, Line.LOST));
    }

    @Test
    void anInstanceThatHearsNothingIsAloneAndComesBack() {
        assertPartitioned(() -> NETWORKS.get(0).become(Line.CLEAR, Line.LOST));
    }

    @Test
    void anInstanceWhoseConnectionsAreResetIsAloneAndComesBack() {
        assertPartitioned(() -> NETWORKS.get(0).refuse());
    }

    private static void assertPartitioned(Runnable failure) {
        try (ClusterLoad load = new ClusterLoad(INSTANCES)) {
            load.goesOn(20);
            long outagesOfTheOther = INSTANCES.get(1).outages();
            failure.run();
            awaitStates("degraded", "connected");
            load.goesOn(50).isDeliveredLocally();
            try (SocketClient late = joined()) {
                NETWORKS.get(0).heal();
                awaitStates("connected", "connected");
                assertWholeAgain(load, late);
            }
            assertThat(INSTANCES.get(1).outages()).isEqualTo(outagesOfTheOther);
        }
    }
}
