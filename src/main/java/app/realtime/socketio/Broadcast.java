package app.realtime.socketio;

import app.realtime.socketio.adapter.Delivery;
import app.realtime.socketio.adapter.Selection;
import app.realtime.socketio.adapter.SocketDetails;
import app.realtime.socketio.protocol.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * Something for many sockets at once: who they are, how it is sent, and at last what is done. Immutable, so that one may
 * be kept and used again; thread-safe.
 *
 * <pre>{@code
 * server.to("room1", "room2").except("muted").asVolatile().emit("position", 48.1, 11.5);
 * }</pre>
 */
public final class Broadcast implements Addressing {

    private final Collection<Namespace> namespaces;
    private final Selection selection;
    private final Delivery delivery;

    /** @param namespaces may be a live view */
    Broadcast(Collection<Namespace> namespaces, Selection selection, Delivery delivery) {
        this.namespaces = namespaces;
        this.selection = selection;
        this.delivery = delivery;
    }

    private Broadcast with(Set<String> rooms, Set<String> except, boolean local) {
        return new Broadcast(namespaces, new Selection(rooms, except, local), delivery);
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** This one. */
    @Override
    public Broadcast broadcast() {
        return this;
    }

    /** To those in at least one of these rooms too. */
    @Override
    public Broadcast to(Collection<String> rooms) {
        return with(union(selection.rooms(), rooms), selection.except(), selection.local());
    }

    /** Not to those in one of these rooms. */
    public Broadcast except(Collection<String> rooms) {
        return with(selection.rooms(), union(selection.except(), rooms), selection.local());
    }

    @Override
    public Broadcast except(String... rooms) {
        return except(List.of(rooms));
    }

    @Override
    public Broadcast local() {
        return with(selection.rooms(), selection.except(), true);
    }

    /** Whether compression is worthwhile, where the transport can; it is by default. */
    public Broadcast compress(boolean worthwhile) {
        return new Broadcast(namespaces, selection, new Delivery(worthwhile, delivery.droppable()));
    }

    /** Not for those whose transport cannot write at this moment: for what is stale soon. */
    public Broadcast asVolatile() {
        return new Broadcast(namespaces, selection, new Delivery(delivery.compress(), true));
    }

    /**
     * Sends an event once to each; encoded once for all.
     *
     * @param args as for {@link Socket#emit(String, Object...)}
     * @return the number of local sockets that it was queued for
     * @throws IllegalArgumentException if the name is one of Socket.IO's reserved ones
     */
    public int emit(String event, Object... args) {
        List<JsonNode> trees = Arguments.trees(args);
        int recipients = 0;
        for (Namespace namespace : namespaces) {
            recipients += namespace.broadcast(selection, delivery, event, trees);
        }
        return recipients;
    }

    /**
     * How long to wait for the acknowledgements of the event that follows. What is returned then completes when everyone
     * has answered or gone, or when the time is over; it says whether anything is missing.
     */
    public TimedRequest<Answers> timeout(Duration timeout) {
        return (event, args) -> request(timeout, event, Arguments.trees(args));
    }

    private CompletionStage<Answers> request(Duration timeout, String event, List<JsonNode> args) {
        AnswerCollection answers = new AnswerCollection();
        // What children there are may change meanwhile.
        List<Namespace> asked = List.copyOf(namespaces);
        CompletionStage<Integer> instances = CompletableFuture.completedStage(0);
        for (Namespace namespace : asked) {
            Packet.Event packet = Arguments.event(namespace.name(), event, args);
            answers.whenDone(namespace.adapter().request(packet, selection, delivery, answers));
            CompletionStage<Integer> more = selection.local()
                    ? CompletableFuture.completedStage(1)
                    : namespace.adapter().instances();
            instances = instances.thenCombine(more, Integer::sum);
        }
        instances.thenAccept(answers::await);
        if (!asked.isEmpty()) {
            answers.expire(timeout, asked.get(0).server().timer());
        }
        return answers.stage();
    }

    /** Finds the sockets, on all instances unless {@link #local}. */
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        CompletionStage<List<RemoteSocket>> all = CompletableFuture.completedStage(List.of());
        for (Namespace namespace : namespaces) {
            CompletionStage<List<SocketDetails>> some = namespace.adapter().fetch(selection);
            all = all.thenCombine(some, (before, found) -> join(before, namespace, found));
        }
        return all;
    }

    private static List<RemoteSocket> join(List<RemoteSocket> before, Namespace namespace, List<SocketDetails> found) {
        List<RemoteSocket> joined = new ArrayList<>(before);
        found.forEach(details -> joined.add(new RemoteSocket(details, namespace)));
        return List.copyOf(joined);
    }

    /** Lets them all join rooms. */
    public void socketsJoin(String... rooms) {
        namespaces.forEach(namespace -> namespace.adapter().joinAll(selection, Set.of(rooms)));
    }

    /** Lets them all leave rooms. */
    public void socketsLeave(String... rooms) {
        namespaces.forEach(namespace -> namespace.adapter().leaveAll(selection, Set.of(rooms)));
    }

    /** Disconnects them all from the namespace, and ends their whole connections if so asked. */
    public void disconnectSockets(boolean close) {
        namespaces.forEach(namespace -> namespace.adapter().disconnectAll(selection, close));
    }
}
