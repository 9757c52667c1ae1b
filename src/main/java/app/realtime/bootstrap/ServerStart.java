package app.realtime.bootstrap;

import app.realtime.connection.ConnectionHandler;
import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.EngineServer;
import app.realtime.engineio.servlet.EngineServlet;
import app.realtime.engineio.websocket.WebSocketEdge;
import app.realtime.socketio.Namespace;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.servlet.ClientFilesServlet;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;
import tools.jackson.databind.node.JsonNodeFactory;

/** Opens the endpoint when the application starts, and says goodbye to its clients when it stops. */
@WebListener
public class ServerStart implements ServletContextListener {

    private static final String ENDPOINT = "/socket.io";

    @Inject
    private EngineServer engine;

    @Inject
    private SocketServer sockets;

    @Inject
    private ConnectionHandler connections;

    @Inject
    private ClientAddresses addresses;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        connections.serve(main());
        ServletContext context = event.getServletContext();
        ServerContainer webSockets = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        ServletRegistration.Dynamic endpoint = context.addServlet(
                "engine.io", new EngineServlet(engine, addresses, new WebSocketEdge(engine, webSockets)));
        endpoint.setAsyncSupported(true);
        endpoint.addMapping(ENDPOINT + "/*");
        ServletRegistration.Dynamic files = context.addServlet("socket.io client", new ClientFilesServlet());
        files.setAsyncSupported(true);
        files.addMapping(ClientFilesServlet.mappings(ENDPOINT));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        main().emit(
                        Selection.everyone(),
                        "server_shutdown",
                        JsonNodeFactory.instance.objectNode().put("message", "The server is shutting down"));
        engine.close();
    }

    private Namespace main() {
        return sockets.of("/");
    }
}
