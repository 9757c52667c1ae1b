package app.realtime.ops;

import app.realtime.api.DrainControl;
import app.realtime.engineio.EngineServer;
import app.realtime.kafka.KafkaFeed;
import app.realtime.socketio.SocketServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/**
 * The end of this instance's service, in the order in which nothing is lost: new sessions are refused and readiness fails,
 * Kafka's records are finished, committed and left to others, clients are told, and their connections are closed little by
 * little. What clients ask by HTTP is answered until the process ends.
 *
 * <p>Thread-safe: it begins once, and says goodbye once, under this object's lock.
 */
public final class Drain implements DrainControl {

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());

    private final DrainSettings settings;
    private final EngineServer engine;
    private final SocketServer sockets;
    private final KafkaFeed kafka;
    private final ThreadFactory threads;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    /** Guarded by this object's lock: whoever comes second waits until the first is done. */
    private boolean saidGoodbye;

    /** @param threads for what waits for clients and brokers */
    public Drain(
            DrainSettings settings, EngineServer engine, SocketServer sockets, KafkaFeed kafka, ThreadFactory threads) {
        this.settings = settings;
        this.engine = engine;
        this.sockets = sockets;
        this.kafka = kafka;
        this.threads = threads;
    }

    @Override
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            engine.refuseSessions();
            threads.newThread(() -> {
                        try {
                            run();
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
    }

    @Override
    public boolean isDraining() {
        return begun.get();
    }

    @Override
    public Duration within() {
        return settings.within();
    }

    /** Begins, if it has not begun, and waits until it is done: on any thread, also one that the container does not know. */
    public void runToEnd() {
        begin();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int sessions = engine.sessions().size();
        LOG.info(() -> "Draining: %d sessions, within %d s"
                .formatted(sessions, settings.within().toSeconds()));
        sayGoodbye();
        try {
            engine.drain(settings.within());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info(() ->
                "Drained; %d sessions are left".formatted(engine.sessions().size()));
    }

    /** Ends what there is of service at once. */
    public void end() {
        sayGoodbye();
        engine.close();
    }

    private synchronized void sayGoodbye() {
        if (saidGoodbye) {
            return;
        }
        saidGoodbye = true;
        // First: what comes now is for the clients of another instance, or for this one's next life.
        kafka.stop();
        sockets.local().emit("server_shutdown", Map.of("message", "The server is shutting down"));
    }
}
