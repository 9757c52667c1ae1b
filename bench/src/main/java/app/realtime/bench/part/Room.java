package app.realtime.bench.part;

import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Deliveries;
import app.realtime.bench.load.EventSource;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A room full of clients, and someone who publishes to it. Used by one thread. */
final class Room implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final int members;
    private final Deliveries deliveries = new Deliveries();
    private final Audience audience;
    private final EventSource source;
    private final boolean polling;
    private long published;

    Room(Loop loop, Server server, Transport transport, int members, EventSource source) {
        this.members = members;
        this.source = source;
        this.polling = transport == Transport.POLLING;
        this.audience = new Audience(loop, server.sockets(), transport, deliveries).growTo(members, AT_ONCE);
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Publishes so many times a second, whether or not the server keeps up, and waits for the last delivery. */
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
        awaitAll();
    }

    /** Publishes as fast as deliveries arrive: never more than so many broadcasts on their way. */
    void flood(int window, double seconds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9) {
            deliveries.await((published - window + 1) * members, PATIENCE);
            publish(Deliveries.now());
        }
    }

    void awaitAll() {
        deliveries.await(published * members, PATIENCE);
    }

    private void publish(long at) {
        source.publish(at);
        published++;
    }

    @Override
    public void close() {
        audience.leave();
        if (polling) {
            // It ends the polls that wait.
            publish(Deliveries.now());
        }
        audience.awaitGone();
        source.close();
    }
}
