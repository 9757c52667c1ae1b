package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.cluster.RedisProxy.Line;
import app.realtime.cluster.redis.RedisBus;
import app.realtime.run.RedisServer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bus that sends more than its network to Redis can take, and another that listens. */
class RedisBusFailureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private RedisProxy network;
    private RedisBus sender;

    @BeforeEach
    void start() {
        RedisServer.require();
        RedisServer redis = opened(RedisServer.running());
        network = opened(new RedisProxy(redis.port()));
        sender = opened(new RedisBus(URI.create(network.url()), Executors.defaultThreadFactory()).start());
        RedisBus receiver = opened(new RedisBus(URI.create(redis.url()), Executors.defaultThreadFactory()).start());
        receiver.subscribe(
                "numbers",
                (channel, message) -> heard.add(ByteBuffer.wrap(message).getInt()));
        await().atMost(PATIENCE).until(() -> sender.isConnected() && receiver.isConnected());
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private void publish(int number, int bytes) {
        sender.publish("numbers", ByteBuffer.allocate(bytes).putInt(number).array());
    }

    @Test
    void whatWasOnItsWayWhenAConnectionIsGivenUpDoesNotComeAfterNewerMessages() {
        network.become(Line.narrow(1_000_000), Line.CLEAR);
        for (int i = 0; i < 2000; i++) {
            publish(i, 10_000);
        }
        await().atMost(PATIENCE).until(() -> !sender.isConnected());
        await().atMost(PATIENCE).until(sender::isConnected);
        publish(2000, 10);
        await().atMost(PATIENCE).until(() -> heard.contains(2000));
        await("nothing else comes")
                .during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> heard.get(heard.size() - 1) == 2000);
        assertThat(heard).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void whatIsMoreThanMayWaitIsDroppedAtOnce() {
        network.become(Line.narrow(1_000_000), Line.CLEAR);
        for (int i = 0; i < 100; i++) {
            publish(i, 1_000_000);
        }
        // 64 MB may wait, and the network takes a little meanwhile.
        assertThat(sender.dropped()).isBetween(20L, 36L);
        network.heal();
        await("what is waiting arrives").atMost(PATIENCE).until(() -> heard.size() == 100 - sender.dropped());
        assertThat(heard).doesNotHaveDuplicates().isSorted();
    }
}
