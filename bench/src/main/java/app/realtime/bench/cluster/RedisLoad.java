package app.realtime.bench.cluster;

import app.realtime.bench.load.RedisPublishers;
import app.realtime.bench.load.Subscribers;
import app.realtime.bench.server.ProcessUse;
import app.realtime.bench.server.RedisServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much one Redis carries, with nothing else at work but those who publish and those who listen. */
final class RedisLoad {

    /** About what a broadcast of 200 bytes to a room is as a message. */
    private static final int BYTES = 300;

    private static final int PUBLISHERS = 2;
    private static final int PIPELINE = 16;

    private RedisLoad() {}

    static Map<String, Double> measure(RedisServer redis, int subscribers, int seconds) {
        try (Subscribers listening = new Subscribers(redis.address(), "socket.io#/#*", subscribers);
                RedisPublishers publishers =
                        new RedisPublishers(redis.address(), "socket.io#/#room#", BYTES, PUBLISHERS, PIPELINE)) {
            pause(1);
            long published = publishers.published();
            ProcessUse before = redis.use();
            long begin = System.nanoTime();
            pause(seconds);
            double count = publishers.published() - published;
            double took = (System.nanoTime() - begin) / 1e9;
            double cpu = redis.use().since(before).micros();
            if (listening.bytes() == 0) {
                throw new IllegalStateException("Nobody has heard anything");
            }
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("messages/s in", count / took);
            values.put("messages/s out", count * subscribers / took);
            values.put("CPU, µs/message in", cpu / count);
            values.put("share of a core", cpu / took / 1e6);
            return values;
        }
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
