package app.realtime.bench.cluster;

import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Deliveries;
import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Publisher;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.ProcessUse;
import app.realtime.bench.server.RedisServer;
import app.realtime.bench.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A room whose members are spread over several instances; events come to the first one by HTTP. Used by one thread. */
final class SpreadRoom implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;
    private static final int BYTES = 200;

    private final List<Server> instances;
    private final List<Integer> members;
    private final List<Deliveries> deliveries = new ArrayList<>();
    private final List<Audience> audiences = new ArrayList<>();
    private final Publisher publisher;
    private long published;

    SpreadRoom(Loop loop, List<Server> instances, List<Integer> members) {
        this.instances = instances;
        this.members = members;
        for (int i = 0; i < instances.size(); i++) {
            Deliveries counted = new Deliveries();
            deliveries.add(counted);
            Audience audience =
                    new Audience(loop, instances.get(i).sockets(), Transport.WEBSOCKET, counted);
            if (members.get(i) > 0) {
                audience.growTo(members.get(i), AT_ONCE);
            }
            audiences.add(audience);
        }
        this.publisher = new Publisher(instances.get(0).api(), BYTES);
    }

    /** Publishes as fast as deliveries arrive: never more than so many broadcasts on their way. */
    void flood(int window, double seconds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9) {
            await(published - window + 1);
            publish(Deliveries.now());
        }
        await(published);
    }

    /** Publishes so many times a second, and waits for the last delivery. */
    void steady(int rate, double seconds) {
        long begin = System.nanoTime();
        long start = Deliveries.now();
        long count = Math.round(rate * seconds);
        for (long n = 0; n < count; n++) {
            long due = TimeUnit.SECONDS.toNanos(n) / rate;
            while (System.nanoTime() - begin < due) {
                LockSupport.parkNanos(due - (System.nanoTime() - begin));
            }
            publish(start + due);
        }
        await(published);
    }

    private void publish(long at) {
        publisher.publish(at);
        published++;
    }

    private void await(long broadcasts) {
        for (int i = 0; i < members.size(); i++) {
            deliveries.get(i).await(broadcasts * members.get(i), PATIENCE);
        }
    }

    /** CPU in microseconds for each broadcast, and times in milliseconds. */
    Map<String, Double> measure(RedisServer redis, int rate, double seconds) {
        deliveries.forEach(Deliveries::restart);
        List<ProcessUse> before = instances.stream().map(Server::use).toList();
        ProcessUse redisBefore = redis.use();
        long first = published;
        steady(rate, seconds);
        double broadcasts = published - first;
        Map<String, Double> values = new LinkedHashMap<>();
        double all = 0;
        for (int i = 0; i < instances.size(); i++) {
            double cpu = instances.get(i).use().since(before.get(i)).micros() / broadcasts;
            all += cpu;
            values.put("CPU of instance " + (i + 1) + ", µs/broadcast", cpu);
        }
        values.put("CPU of all, µs/delivery", all / members.stream().mapToInt(Integer::intValue).sum());
        values.put("CPU of Redis, µs/broadcast", redis.use().since(redisBefore).micros() / broadcasts);
        for (int i = 0; i < instances.size(); i++) {
            if (members.get(i) > 0) {
                Latencies latencies = deliveries.get(i).restart();
                values.put("p50 at instance " + (i + 1) + ", ms", latencies.millis(0.50));
                values.put("p99 at instance " + (i + 1) + ", ms", latencies.millis(0.99));
            }
        }
        return values;
    }

    @Override
    public void close() {
        audiences.forEach(Audience::leave);
        audiences.forEach(Audience::awaitGone);
        publisher.close();
    }
}
