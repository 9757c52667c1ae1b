package app.realtime.bootstrap;

import app.realtime.cluster.members.InstanceSettings;
import app.realtime.cluster.members.Members;
import app.realtime.engineio.servlet.EngineServlet;
import app.realtime.engineio.servlet.RelayServlet;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.kafka.KafkaFeed;
import app.realtime.ops.Drain;
import app.realtime.ops.TerminationSignal;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.servlet.ClientFilesServlet;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens the endpoint when the application starts and lets Kafka's records in, and says goodbye to both when it stops. Before
 * it opens, it fires the {@link SocketServer} as a CDI event.
 */
@WebListener
public class ServerStart implements ServletContextListener {

    private static final Logger LOG = Logger.getLogger(ServerStart.class.getName());
    private static final String ENDPOINT = "/socket.io";

    @Inject
    private WebSocketEdge webSockets;

    @Inject
    private SocketServer sockets;

    @Inject
    private KafkaFeed kafka;

    @Inject
    private Event<SocketServer> opening;

    @Inject
    private EngineServlet engineServlet;

    @Inject
    private InstanceSettings instance;

    @Inject
    private Optional<Members> members;

    @Inject
    private Drain drain;

    @Inject
    private PublicPort publicPort;

    /**
     * Where SIGTERM ends the JVM without draining first, Liberty waits up to 30 s for requests that are under way, waiting
     * polls among them, before it stops the application. This hook runs beside Liberty's own, so that clients are told at
     * once.
     */
    private final Thread shutdownHook = new Thread(this::end, "realtime-end");

    private Optional<TerminationSignal> termination = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // Before any client can come: whoever observes this sets up its namespaces.
        opening.fire(sockets);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        termination = TerminationSignal.precede(drain::runToEnd);
        ServletContext context = event.getServletContext();
        ServletRegistration.Dynamic endpoint = context.addServlet("engine.io", engineServlet);
        endpoint.setAsyncSupported(true);
        endpoint.addMapping(ENDPOINT + "/*");
        FilterRegistration.Dynamic guard =
                context.addFilter("management port", new ManagementPortFilter(instance.managementPort()));
        guard.setAsyncSupported(true);
        guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        members.ifPresent(known -> {
            RelayServlet relayed = new RelayServlet(
                    engineServlet, known.self().key(), known.self().port());
            ServletRegistration.Dynamic inner = context.addServlet("relayed engine.io", relayed);
            inner.setAsyncSupported(true);
            inner.addMapping(RelayServlet.PATH);
        });
        ServletRegistration.Dynamic files = context.addServlet("socket.io client", new ClientFilesServlet());
        files.setAsyncSupported(true);
        files.addMapping(ClientFilesServlet.mappings(ENDPOINT));
        kafka.start();
        publicPort.open();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        end();
        publicPort.close();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
            termination.ifPresent(TerminationSignal::close);
        } catch (IllegalStateException e) {
            LOG.log(Level.FINE, "The JVM is ending: the hook has run or runs", e);
        }
    }

    private void end() {
        drain.end();
        webSockets.close();
    }
}
