package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Rooms within this instance.
 *
 * <p>Thread-safe. A broadcast walks the room's live set: it neither copies it nor keeps anyone from joining. The rooms of
 * one socket change under the lock of its {@link Membership}, so that a socket that leaves for good leaves no trace.
 */
public final class LocalAdapter implements Adapter {

    private record Membership(Recipient recipient, Set<String> rooms) {}

    private final ConcurrentHashMap<String, Membership> members = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Recipient>> rooms = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();
    private final RoomListener listener;

    public LocalAdapter() {
        this(RoomListener.NONE);
    }

    public LocalAdapter(RoomListener listener) {
        this.listener = listener;
    }

    @Override
    public void add(Recipient recipient) {
        members.put(recipient.id(), new Membership(recipient, new HashSet<>(4)));
    }

    @Override
    public void remove(Recipient recipient) {
        Membership membership = members.remove(recipient.id());
        if (membership == null) {
            return;
        }
        synchronized (membership) {
            membership.rooms().forEach(room -> removeFrom(room, recipient));
            membership.rooms().clear();
        }
    }

    @Override
    public boolean join(Recipient recipient, String room) {
        Membership membership = members.get(recipient.id());
        if (membership == null) {
            return false;
        }
        synchronized (membership) {
            if (members.get(recipient.id()) != membership || !membership.rooms().add(room)) {
                return false;
            }
            rooms.compute(room, (name, present) -> {
                Set<Recipient> inRoom = present == null ? open(room) : present;
                inRoom.add(recipient);
                return inRoom;
            });
            return true;
        }
    }

    private Set<Recipient> open(String room) {
        listener.roomOpened(room);
        return ConcurrentHashMap.newKeySet();
    }

    @Override
    public boolean leave(Recipient recipient, String room) {
        Membership membership = members.get(recipient.id());
        if (membership == null) {
            return false;
        }
        synchronized (membership) {
            return membership.rooms().remove(room) && removeFrom(room, recipient);
        }
    }

    /** Empty rooms are forgotten, in one step with the last member's leaving. */
    private boolean removeFrom(String room, Recipient recipient) {
        rooms.computeIfPresent(room, (name, inRoom) -> {
            inRoom.remove(recipient);
            if (!inRoom.isEmpty()) {
                return inRoom;
            }
            listener.roomEmptied(room);
            return null;
        });
        return true;
    }

    @Override
    public Set<String> roomsOf(String socketId) {
        Membership membership = members.get(socketId);
        if (membership == null) {
            return Set.of();
        }
        synchronized (membership) {
            return Set.copyOf(membership.rooms());
        }
    }

    @Override
    public int size(String room) {
        return rooms.getOrDefault(room, Set.of()).size();
    }

    /** Whether a broadcast to this room would reach anybody here. */
    public boolean isSomebodyIn(String room) {
        return rooms.containsKey(room) || members.containsKey(room);
    }

    @Override
    public int roomCount() {
        return rooms.size();
    }

    @Override
    public Map<String, Integer> roomSizes() {
        Map<String, Integer> sizes = new HashMap<>();
        rooms.forEach((room, inRoom) -> sizes.put(room, inRoom.size()));
        return sizes;
    }

    @Override
    public Collection<Recipient> recipients() {
        return members.values().stream().map(Membership::recipient).toList();
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Override
    public int broadcast(Packet.Event event, Selection selection, Delivery delivery) {
        Message message = Message.of(event, delivery, sizeOf(selection));
        if (selection.rooms().size() == 1 && selection.except().isEmpty()) {
            return deliver(message, inRoom(selection.rooms().iterator().next()));
        }
        return forEach(selection, recipient -> recipient.deliver(message));
    }

    /** At most so many; who is in two of the rooms is counted twice. */
    private int sizeOf(Selection selection) {
        return selection.rooms().isEmpty()
                ? members.size()
                : selection.rooms().stream().mapToInt(this::size).sum();
    }

    /** The way of most broadcasts: a loop of its own, which the compiler makes the most of. */
    private static int deliver(Message message, Collection<Recipient> recipients) {
        int count = 0;
        for (Recipient recipient : recipients) {
            if (recipient.deliver(message)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public Runnable request(Packet.Event event, Selection selection, Delivery delivery, AnswerCollector answers) {
        long ackId = nextAckId();
        Message message = Message.of(event.withAckId(ackId), delivery, sizeOf(selection));
        List<Recipient> asked = new ArrayList<>();
        answers.expect(forEach(selection, recipient -> recipient.request(message, answers) && asked.add(recipient)));
        return () -> asked.forEach(recipient -> recipient.forget(ackId));
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetch(Selection selection) {
        List<SocketDetails> found = new ArrayList<>();
        forEach(selection, recipient -> found.add(recipient.describe(roomsOf(recipient.id()))));
        return CompletableFuture.completedStage(List.copyOf(found));
    }

    @Override
    public void joinAll(Selection selection, Set<String> joined) {
        selected(selection).forEach(recipient -> joined.forEach(room -> join(recipient, room)));
    }

    @Override
    public void leaveAll(Selection selection, Set<String> left) {
        selected(selection).forEach(recipient -> left.forEach(room -> leave(recipient, room)));
    }

    @Override
    public void disconnectAll(Selection selection, boolean close) {
        selected(selection).forEach(recipient -> recipient.disconnect(close));
    }

    @Override
    public CompletionStage<Integer> instances() {
        return CompletableFuture.completedStage(1);
    }

    /** A copy, for what changes the rooms that are walked. */
    private List<Recipient> selected(Selection selection) {
        List<Recipient> found = new ArrayList<>();
        forEach(selection, found::add);
        return found;
    }

    /**
     * Once for each of the selection, on the live sets. A set of those who have been met is kept only where somebody
     * could be met twice.
     *
     * @return how often the action said true
     */
    private int forEach(Selection selection, Predicate<Recipient> action) {
        Set<Recipient> skip = excepted(selection.except());
        if (selection.rooms().isEmpty()) {
            return forEveryone(skip, action);
        }
        if (selection.rooms().size() == 1) {
            Collection<Recipient> inRoom = inRoom(selection.rooms().iterator().next());
            return skip.isEmpty()
                    ? forAll(inRoom, action)
                    : forAll(inRoom, one -> !skip.contains(one) && action.test(one));
        }
        int count = 0;
        for (String room : selection.rooms()) {
            count += forAll(inRoom(room), one -> skip.add(one) && action.test(one));
        }
        return count;
    }

    private int forEveryone(Set<Recipient> skip, Predicate<Recipient> action) {
        int count = 0;
        for (Membership member : members.values()) {
            if (!skip.contains(member.recipient()) && action.test(member.recipient())) {
                count++;
            }
        }
        return count;
    }

    private static int forAll(Collection<Recipient> recipients, Predicate<Recipient> action) {
        int count = 0;
        for (Recipient recipient : recipients) {
            if (action.test(recipient)) {
                count++;
            }
        }
        return count;
    }

    private Set<Recipient> excepted(Set<String> except) {
        Set<Recipient> skip = new HashSet<>();
        except.forEach(room -> skip.addAll(inRoom(room)));
        return skip;
    }

    private Collection<Recipient> inRoom(String room) {
        Set<Recipient> joined = rooms.get(room);
        Membership own = members.get(room);
        if (own == null) {
            return joined == null ? Set.of() : joined;
        }
        if (joined == null) {
            return Set.of(own.recipient());
        }
        // Others may join the room of a socket's id.
        Set<Recipient> all = new HashSet<>(joined);
        all.add(own.recipient());
        return all;
    }
}
