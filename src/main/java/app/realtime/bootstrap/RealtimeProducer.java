package app.realtime.bootstrap;

import app.realtime.cluster.Cluster;
import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.SessionIds;
import app.realtime.engineio.WriterPool;
import app.realtime.engineio.servlet.EngineServlet;
import app.realtime.engineio.servlet.Relay;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.socketio.SocketObserver;
import app.realtime.socketio.SocketServer;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Puts the parts of the server together. Their threads come from the container: virtual ones, where the JVM has them, for
 * what may wait for a client.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = RealtimeProducer.THREADS, virtual = true)
@ManagedThreadFactoryDefinition(name = RealtimeProducer.PLATFORM_THREADS)
class RealtimeProducer {

    static final String THREADS = "java:app/concurrent/realtime";
    static final String PLATFORM_THREADS = "java:app/concurrent/platform";

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Resource(lookup = THREADS)
    private ManagedThreadFactory threads;

    /** Not virtual: a selector keeps its thread. */
    @Resource(lookup = PLATFORM_THREADS)
    private ManagedThreadFactory platformThreads;

    @Produces
    @Singleton
    ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
        // Most alarms are called off; they must not wait for their time to be forgotten.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Static: at the end of the application the container cannot give this class its resources any more. */
    static void stop(@Disposes ScheduledExecutorService timer) {
        timer.shutdownNow();
    }

    @Produces
    @Singleton
    SocketServer socketServer(SocketObserver observer, Clock clock, ScheduledExecutorService timer, Cluster cluster) {
        return new SocketServer(cluster.adapters(timer, observer::broadcast), observer, clock, timer);
    }

    @Produces
    @Singleton
    EngineServer engineServer(
            SessionIds ids,
            EngineOptions options,
            SocketServer handler,
            HandshakeGate gate,
            EngineObserver observer,
            ScheduledExecutorService timer) {
        int writers = Math.max(2, CORES);
        return new EngineServer(ids, options, handler, gate, observer, new WriterPool(writers, threads), timer);
    }

    @Produces
    @Singleton
    WebSocketEdge webSockets(EngineServer engine) {
        return new WebSocketEdge(engine, CORES, platformThreads);
    }

    @Produces
    @Singleton
    EngineServlet endpoint(
            EngineServer engine, ClientAddresses addresses, WebSocketEdge webSockets, Optional<Relay> relay) {
        return new EngineServlet(engine, addresses, webSockets, relay);
    }
}
