package app.realtime.conformance.application;

import app.realtime.engineio.EngineHandler;
import app.realtime.engineio.EngineObserver;
import app.realtime.engineio.EngineOptions;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.WriterPool;
import app.realtime.engineio.servlet.EngineServlet;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.socketio.SocketObserver;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.adapter.LocalAdapter;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What the official protocol suites expect to talk to, as a Jakarta EE application of its own: {@code /engine.io/}
 * echoes every message, {@code /socket.io/} answers as {@link AnsweringNamespaces} says. Of the product it uses the
 * packages of Engine.IO and Socket.IO alone.
 */
@WebListener
@ManagedThreadFactoryDefinition(name = ConformanceApplication.THREADS, virtual = true)
@ManagedThreadFactoryDefinition(name = ConformanceApplication.SELECTOR_THREADS)
public class ConformanceApplication implements ServletContextListener {

    static final String THREADS = "java:app/concurrent/conformance";
    static final String SELECTOR_THREADS = "java:app/concurrent/conformance-selector";

    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final int WRITERS = 4;
    private static final int READERS = 2;

    /** Written and read by the container's thread that starts and stops the application. */
    private final List<AutoCloseable> servers = new ArrayList<>();

    private ScheduledThreadPoolExecutor timer;

    @Resource(lookup = THREADS)
    private ManagedThreadFactory threads;

    @Resource(lookup = SELECTOR_THREADS)
    private ManagedThreadFactory selectorThreads;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        SocketServer sockets =
                new SocketServer(namespace -> new LocalAdapter(), new SocketObserver() {}, Clock.systemUTC(), timer);
        AnsweringNamespaces.open(sockets);
        serve(event.getServletContext(), "/engine.io", new Echo());
        serve(event.getServletContext(), "/socket.io", sockets);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException("A server did not close", e);
            }
        }
        timer.shutdownNow();
    }

    /** The largest message is that of the options' default, 1 000 000 bytes. Everyone may open a session. */
    private void serve(ServletContext context, String path, EngineHandler handler) {
        EngineServer engine = new EngineServer(
                new EngineOptions(PING_INTERVAL, PING_TIMEOUT),
                handler,
                request -> CompletableFuture.completedStage(new HandshakeGate.Admission.Admitted(() -> {})),
                new EngineObserver() {},
                new WriterPool(WRITERS, threads),
                timer);
        WebSocketEdge webSockets = new WebSocketEdge(engine, READERS, selectorThreads);
        servers.add(engine);
        servers.add(webSockets);
        ServletRegistration.Dynamic endpoint =
                context.addServlet(path, new EngineServlet(engine, (peer, forwardedFor) -> peer, webSockets));
        endpoint.setAsyncSupported(true);
        endpoint.addMapping(path + "/*");
    }
}
