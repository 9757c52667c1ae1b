package app.realtime.socketio;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A rule for namespaces that exist because clients ask for them, and what they have in common. A child is made for the
 * first client and forgotten after the last; it begins with the middleware and the listeners that are here at that time.
 * A broadcast goes to all children that this instance knows. Thread-safe.
 */
public final class ParentNamespace implements Broadcasting {

    private final BiPredicate<String, JsonNode> rule;
    private final NamespaceSetup setup = new NamespaceSetup();
    private final ConcurrentHashMap<String, Namespace> children = new ConcurrentHashMap<>();
    private final Broadcast everyone;

    ParentNamespace(BiPredicate<String, JsonNode> rule) {
        this.rule = rule;
        this.everyone = new Broadcast(children.values(), Selection.everyone(), Delivery.DEFAULT);
    }

    /** @see Namespace#use */
    public ParentNamespace use(ConnectMiddleware check) {
        setup.middleware().add(check);
        return this;
    }

    /** @see Namespace#useAsync */
    public ParentNamespace useAsync(AsyncConnectMiddleware check) {
        setup.middleware().addAsync(check);
        return this;
    }

    /** @see Namespace#onConnection */
    public ParentNamespace onConnection(Consumer<Socket> listener) {
        setup.onConnection(listener);
        return this;
    }

    /** The namespaces that there are now; a live view. */
    public Collection<Namespace> children() {
        return Collections.unmodifiableCollection(children.values());
    }

    @Override
    public Broadcast broadcast() {
        return everyone;
    }

    boolean admits(String name, JsonNode auth) {
        return rule.test(name, auth);
    }

    NamespaceSetup newSetup() {
        return setup.copy();
    }

    void add(Namespace child) {
        children.put(child.name(), child);
    }

    void remove(Namespace child) {
        children.remove(child.name(), child);
    }
}
