package app.realtime.bench.cluster;

import app.realtime.bench.load.RedisPublishers;
import app.realtime.bench.load.Subscribers;
import app.realtime.bench.server.RedisServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much one Redis carries: publishers as fast as it answers them, and a number of subscribers. Used by one thread. */
final class RedisSaturation {

    static final List<Integer> SUBSCRIBERS = List.of(1, 2, 4, 8, 16, 32);
    static final int BYTES = 300;
    static final int PUBLISHERS = 4;
    static final int PIPELINE = 16;

    private static final String PATTERN = "socket.io#/#*";
    private static final String CHANNEL = "socket.io#/#global#";

    private final RedisServer redis;

    RedisSaturation(RedisServer redis) {
        this.redis = redis;
    }

    /** @return values by metric */
    Map<String, Double> measure(int subscribers, double seconds) {
        try (Subscribers listening = new Subscribers(redis.address(), PATTERN, subscribers);
                RedisPublishers publishing =
                        new RedisPublishers(redis.address(), CHANNEL, BYTES, PUBLISHERS, PIPELINE)) {
            pause(seconds / 4);
            long begin = System.nanoTime();
            double cpuBefore = redis.cpuMicros();
            long publishedBefore = publishing.published();
            long bytesBefore = listening.bytes();
            pause(seconds);
            long published = publishing.published() - publishedBefore;
            double cpu = redis.cpuMicros() - cpuBefore;
            long bytes = listening.bytes() - bytesBefore;
            double took = (System.nanoTime() - begin) / 1e9;
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("publishes", published / took);
            values.put("deliveries", published * subscribers / took);
            values.put("redis-cpu", cpu / published);
            values.put("redis-core", cpu / took / 1e6);
            values.put("read-bytes", bytes / took);
            return values;
        }
    }

    private static void pause(double seconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
