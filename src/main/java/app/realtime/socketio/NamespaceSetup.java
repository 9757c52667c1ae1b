package app.realtime.socketio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What the application wants of a namespace: who may come in, and who is told. Thread-safe. */
final class NamespaceSetup {

    private static final Logger LOG = Logger.getLogger(NamespaceSetup.class.getName());

    private final MiddlewareChain middleware = new MiddlewareChain();
    private final Map<String, List<EventListener>> instanceListeners = new ConcurrentHashMap<>();
    private final List<Consumer<Socket>> connectListeners = new CopyOnWriteArrayList<>();

    /** One that begins with what this one has now. */
    NamespaceSetup copy() {
        NamespaceSetup copy = new NamespaceSetup();
        copy.middleware.addAll(middleware);
        copy.connectListeners.addAll(connectListeners);
        copy.instanceListeners.putAll(instanceListeners);
        return copy;
    }

    MiddlewareChain middleware() {
        return middleware;
    }

    void onConnection(Consumer<Socket> listener) {
        connectListeners.add(listener);
    }

    void onInstanceEvent(String event, EventListener listener) {
        instanceListeners.merge(
                event,
                List.of(listener),
                (before, added) ->
                        Stream.concat(before.stream(), added.stream()).toList());
    }

    /** The application on another instance has said something. */
    void told(String event, List<JsonNode> args, Optional<Consumer<JsonNode>> answer) {
        Acknowledgement acknowledgement = answer.<Acknowledgement>map(way -> new ClientAcknowledgement(
                        values -> way.accept(values.isEmpty() ? NullNode.getInstance() : values.get(0))))
                .orElse(ClientAcknowledgement.NONE);
        for (EventListener listener : instanceListeners.getOrDefault(event, List.of())) {
            try {
                listener.onEvent(args, acknowledgement);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, e, () -> "A listener failed on the event \"" + event + "\" of another instance");
            }
        }
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
