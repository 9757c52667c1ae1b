package app.realtime.rooms;

import app.realtime.identity.Identity;
import app.realtime.rooms.RoomRefusedException.Reason;
import app.realtime.socketio.Namespace;
import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketServer;
import app.realtime.socketio.adapter.Selection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Who is in which room, by the rules of {@link RoomPolicy}, and how events get there.
 *
 * <p>Thread-safe: membership is the adapter's, a connection's identity is attached to its socket, and the two counts are
 * atomic. The limit of rooms per connection relies on a socket's events coming one at a time.
 */
@ApplicationScoped
public class RoomManager {

    private final Namespace namespace;
    private final RoomSettings settings;
    private final RoomsElsewhere elsewhere;
    private final AtomicInteger authenticated = new AtomicInteger();
    private final AtomicInteger anonymous = new AtomicInteger();

    /** For the container's proxy only. */
    protected RoomManager() {
        this.namespace = null;
        this.settings = null;
        this.elsewhere = null;
    }

    @Inject
    public RoomManager(SocketServer server, RoomSettings settings, RoomsElsewhere elsewhere) {
        this.namespace = server.of("/");
        this.settings = settings;
        this.elsewhere = elsewhere;
    }

    /** Puts a new connection into its first rooms, which are returned. */
    public List<RoomName> enter(Socket socket, Identity identity) {
        socket.attach(Identity.class, identity);
        AtomicInteger count = identity.isAnonymous() ? anonymous : authenticated;
        count.incrementAndGet();
        socket.onDisconnect(reason -> count.decrementAndGet());
        List<RoomName> rooms = RoomPolicy.initialRooms(identity);
        rooms.forEach(room -> socket.join(room.toString()));
        return rooms;
    }

    /** Replaces the identity of a connection; rooms that it may not be in any more are left, and returned. */
    public List<RoomName> renew(Socket socket, Identity identity) {
        socket.attach(Identity.class, identity);
        List<RoomName> lost = socket.rooms().stream()
                .flatMap(name -> settings.types().parse(name).stream())
                .filter(room -> !RoomPolicy.mayJoin(identity, room))
                .toList();
        lost.forEach(room -> socket.leave(room.toString()));
        return lost;
    }

    /** Joins a room by its name; joining a room that one is in already is no error. */
    public RoomName join(Socket socket, String name) throws RoomRefusedException {
        RoomName room = parse(name);
        if (!identity(socket)
                .map(identity -> RoomPolicy.mayJoin(identity, room))
                .orElse(false)) {
            throw new RoomRefusedException(Reason.FORBIDDEN);
        }
        Set<String> joined = socket.rooms();
        if (!joined.contains(room.toString()) && joined.size() >= settings.maxRoomsPerConnection()) {
            throw new RoomRefusedException(Reason.TOO_MANY);
        }
        socket.join(room.toString());
        return room;
    }

    /** Leaves a room by its name. */
    public RoomName leave(Socket socket, String name) throws RoomRefusedException {
        RoomName room = parse(name);
        if (room.equals(RoomName.GLOBAL)) {
            throw new RoomRefusedException(Reason.PERMANENT);
        }
        if (!socket.leave(room.toString())) {
            throw new RoomRefusedException(Reason.NOT_JOINED);
        }
        return room;
    }

    /** The rooms of a connection, by name, with the connections of all instances. */
    public CompletionStage<List<RoomCount>> roomsOf(Socket socket) {
        Set<String> names = socket.rooms();
        return elsewhere
                .connections(names)
                .thenApply(others -> names.stream()
                        .sorted()
                        .flatMap(name -> settings.types().parse(name).stream())
                        .map(room -> count(room, others))
                        .toList());
    }

    private RoomCount count(RoomName room, Map<String, Integer> others) {
        String name = room.toString();
        return new RoomCount(room, namespace.adapter().size(name) + others.getOrDefault(name, 0));
    }

    /**
     * Sends one event to everyone in at least one of the rooms; each socket gets it once.
     *
     * @return the number of local sockets that it went to
     * @throws IllegalArgumentException if the event's name is reserved by Socket.IO
     */
    public int broadcast(Collection<RoomName> rooms, String event, JsonNode payload) {
        return namespace.emit(
                Selection.inAnyOf(rooms.stream().map(RoomName::toString).toList()), event, payload);
    }

    /** How many connections have a verified token. */
    public int authenticatedConnections() {
        return authenticated.get();
    }

    /** How many connections have no token. */
    public int anonymousConnections() {
        return anonymous.get();
    }

    /** How many rooms have a local member. */
    public int roomCount() {
        return namespace.adapter().roomCount();
    }

    /** Who is where. Walks all connections: for people who look, not for the path of an event. */
    public RoomStatistics statistics() {
        Set<String> users = namespace.sockets().stream()
                .flatMap(socket -> identity(socket).stream())
                .filter(identity -> !identity.isAnonymous())
                .map(Identity::userId)
                .collect(Collectors.toSet());
        List<RoomCount> rooms = namespace.adapter().roomSizes().entrySet().stream()
                .flatMap(entry -> settings.types().parse(entry.getKey()).stream()
                        .map(room -> new RoomCount(room, entry.getValue())))
                .sorted(Comparator.comparingInt(RoomCount::connections)
                        .reversed()
                        .thenComparing(count -> count.name().toString()))
                .toList();
        return new RoomStatistics(authenticated.get(), anonymous.get(), users, rooms);
    }

    private static Optional<Identity> identity(Socket socket) {
        return socket.attachment(Identity.class);
    }

    private RoomName parse(String name) throws RoomRefusedException {
        if (name.isEmpty()) {
            throw new RoomRefusedException(Reason.NAME_MISSING);
        }
        return settings.types().parse(name).orElseThrow(() -> new RoomRefusedException(Reason.INVALID_NAME));
    }
}
