package app.realtime.socketio;

import app.realtime.socketio.adapter.Adapter;
import app.realtime.socketio.protocol.PacketDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The namespaces of a server, by name. Thread-safe: one that comes and goes with its clients is made, entered, left and
 * forgotten in one step of the map each.
 */
final class Namespaces {

    private final SocketServer server;
    private final Function<String, Adapter> adapters;
    private final int maxDynamic;
    private final ConcurrentHashMap<String, Namespace> byName = new ConcurrentHashMap<>();
    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    /** Those by pattern, which the application may name too. */
    private final Map<ParentNamespace, Pattern> patterns = new ConcurrentHashMap<>();

    private final AtomicInteger dynamic = new AtomicInteger();

    Namespaces(SocketServer server, Function<String, Adapter> adapters, int maxDynamic) {
        this.server = server;
        this.adapters = adapters;
        this.maxDynamic = maxDynamic;
    }

    /** The one of this name, made if need be; from now on it stays. */
    Namespace of(String name) {
        Namespace present = byName.get(name);
        if (present != null && present.isPermanent()) {
            return present;
        }
        return byName.compute(name, (key, known) -> {
            if (known == null) {
                Optional<ParentNamespace> parent = parents.stream()
                        .filter(candidate -> patterns.containsKey(candidate)
                                && patterns.get(candidate).matcher(key).matches())
                        .findFirst();
                return make(key, parent, true);
            }
            if (!known.isPermanent()) {
                known.keep();
                dynamic.decrementAndGet();
            }
            return known;
        });
    }

    ParentNamespace of(Pattern pattern) {
        ParentNamespace parent =
                new ParentNamespace((name, auth) -> pattern.matcher(name).matches());
        patterns.put(parent, pattern);
        parents.add(parent);
        return parent;
    }

    ParentNamespace of(BiPredicate<String, JsonNode> rule) {
        ParentNamespace parent = new ParentNamespace(rule);
        parents.add(parent);
        return parent;
    }

    /** The namespace that a client asks for, if it is one; to be left again with {@link #leave}. */
    Optional<Namespace> enter(String name, JsonNode auth) {
        Optional<Namespace> known = Optional.ofNullable(byName.get(name));
        if (known.isPresent() && known.get().isPermanent()) {
            return known;
        }
        if (name.length() > PacketDecoder.MAX_NAMESPACE_LENGTH) {
            // With a query, which no rule is asked about.
            server.observer().refused("invalid_namespace");
            return Optional.empty();
        }
        // The rule is the application's: asked outside the map's lock, and for every client.
        Optional<ParentNamespace> parent = known.isPresent()
                ? known.get().parent().filter(rule -> rule.admits(name, auth))
                : parents.stream().filter(rule -> rule.admits(name, auth)).findFirst();
        if (parent.isEmpty()) {
            server.observer().refused("invalid_namespace");
            return Optional.empty();
        }
        Optional<Namespace> entered = Optional.ofNullable(byName.compute(name, (key, present) -> {
            Optional<Namespace> it = present == null ? makeDynamic(key, parent) : Optional.of(present);
            it.ifPresent(Namespace::enter);
            return it.orElse(null);
        }));
        if (entered.isEmpty()) {
            server.observer().refused("too_many_namespaces");
        }
        return entered;
    }

    private Optional<Namespace> makeDynamic(String name, Optional<ParentNamespace> parent) {
        if (dynamic.incrementAndGet() > maxDynamic) {
            dynamic.decrementAndGet();
            return Optional.empty();
        }
        boolean made = false;
        try {
            Namespace child = make(name, parent, false);
            made = true;
            return Optional.of(child);
        } finally {
            if (!made) {
                dynamic.decrementAndGet();
            }
        }
    }

    private Namespace make(String name, Optional<ParentNamespace> parent, boolean permanent) {
        NamespaceSetup setup = parent.map(ParentNamespace::newSetup).orElseGet(NamespaceSetup::new);
        Namespace made = new Namespace(name, server, adapters.apply(name), setup, parent, permanent);
        parent.ifPresent(family -> family.add(made));
        return made;
    }

    /** A socket that entered has gone. */
    void leave(Namespace left) {
        if (left.isPermanent()) {
            return;
        }
        AtomicBoolean last = new AtomicBoolean();
        byName.computeIfPresent(left.name(), (key, present) -> {
            last.set(present == left && present.leave());
            return last.get() ? null : present;
        });
        if (last.get()) {
            left.parent().ifPresent(family -> family.remove(left));
            dynamic.decrementAndGet();
            left.adapter().close();
        }
    }
}
