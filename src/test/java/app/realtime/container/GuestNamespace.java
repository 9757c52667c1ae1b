package app.realtime.container;

import app.realtime.socketio.Namespace;
import app.realtime.socketio.SocketServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;

/** A namespace as any application would open one. Thread-safe. */
@ApplicationScoped
public class GuestNamespace {

    @Inject
    private SocketServer io;

    void open(@Observes SocketServer server) {
        Namespace namespace = server.of("/guests");
        namespace.onConnection(socket ->
                socket.emit("welcome", Map.of("guests", namespace.sockets().size())));
    }

    /** How many have heard it. */
    public int announce(String text) {
        return io.of("/guests").emit("announcement", text);
    }
}
