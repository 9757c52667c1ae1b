package app.realtime.bench.cluster;

import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Deliveries;
import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Publisher;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The members of one room on several instances, and someone who publishes at the first of them. Used by one thread. */
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final Deliveries local = new Deliveries();
    private final Deliveries remote = new Deliveries();
    private final List<Audience> audiences = new ArrayList<>();
    private final Publisher publisher;
    private final int here;
    private final int elsewhere;
    private long published;

    /** @param members of the room on each instance; there may be more instances, which have none */
    Crowd(Loop loop, List<Server> servers, List<Integer> members, int bytes) {
        this.publisher = new Publisher(servers.get(0).api(), bytes);
        this.here = members.get(0);
        this.elsewhere = members.stream().skip(1).mapToInt(Integer::intValue).sum();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i) > 0) {
                Audience audience =
                        new Audience(loop, servers.get(i).sockets(), Transport.WEBSOCKET, i == 0 ? local : remote);
                audiences.add(audience.growTo(members.get(i), AT_ONCE));
            }
        }
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
        awaitAll(0);
    }

    /** Publishes as fast as deliveries arrive: never more than so many broadcasts on their way. */
    void flood(int window, double seconds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9) {
            awaitAll(window - 1);
            publish(Deliveries.now());
        }
        awaitAll(0);
    }

    private void publish(long at) {
        publisher.publish(at);
        published++;
    }

    /** @param but so many of the last broadcasts */
    private void awaitAll(int but) {
        local.await((published - but) * here, PATIENCE);
        remote.await((published - but) * elsewhere, PATIENCE);
    }

    long published() {
        return published;
    }

    /** Begins new latencies, and returns those until now of the publisher's instance. */
    Latencies restartLocal() {
        return local.restart();
    }

    /** Begins new latencies, and returns those until now of all other instances. */
    Latencies restartRemote() {
        return remote.restart();
    }

    @Override
    public void close() {
        audiences.forEach(Audience::leave);
        audiences.forEach(Audience::awaitGone);
        publisher.close();
    }
}
