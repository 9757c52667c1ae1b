package app.realtime.socketio;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the application wants of a namespace: who may come in, and who is told. Thread-safe. */
final class NamespaceSetup {

    private static final Logger LOG = Logger.getLogger(NamespaceSetup.class.getName());

    private final MiddlewareChain middleware = new MiddlewareChain();
    private final List<Consumer<Socket>> connectListeners = new CopyOnWriteArrayList<>();

    /** One that begins with what this one has now. */
    NamespaceSetup copy() {
        NamespaceSetup copy = new NamespaceSetup();
        copy.middleware.addAll(middleware);
        copy.connectListeners.addAll(connectListeners);
        return copy;
    }

    MiddlewareChain middleware() {
        return middleware;
    }

    void onConnection(Consumer<Socket> listener) {
        connectListeners.add(listener);
    }

    void check(Socket socket, Consumer<Optional<Throwable>> decided) {
        middleware.run(socket, decided);
    }

    void connected(Socket socket) {
        for (Consumer<Socket> listener : connectListeners) {
            try {
                listener.accept(socket);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, e, () -> "A listener failed on the connection of socket " + socket.id());
            }
        }
    }
}
