package app.realtime.socketio.adapter;

import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.Packet;
import app.realtime.socketio.protocol.PacketEncoder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
                Set<Recipient> inRoom = present == null ? ConcurrentHashMap.newKeySet() : present;
                inRoom.add(recipient);
                return inRoom;
            });
            return true;
        }
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
            return inRoom.isEmpty() ? null : inRoom;
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
    public int broadcast(Packet packet, Selection selection) {
        EncodedPacket encoded = PacketEncoder.encode(packet);
        Set<Recipient> skip = new HashSet<>();
        selection.except().forEach(room -> skip.addAll(inRoom(room)));
        if (selection.rooms().size() == 1 && skip.isEmpty()) {
            return deliver(encoded, inRoom(selection.rooms().iterator().next()));
        }
        if (selection.rooms().isEmpty()) {
            return deliverOnce(encoded, recipients(), skip);
        }
        int count = 0;
        for (String room : selection.rooms()) {
            count += deliverOnce(encoded, inRoom(room), skip);
        }
        return count;
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

    private static int deliver(EncodedPacket packet, Collection<Recipient> recipients) {
        int count = 0;
        for (Recipient recipient : recipients) {
            if (recipient.deliver(packet)) {
                count++;
            }
        }
        return count;
    }

    /** Delivers to those who are not to be skipped, and adds them to the skipped. */
    private static int deliverOnce(EncodedPacket packet, Collection<Recipient> recipients, Set<Recipient> skip) {
        int count = 0;
        for (Recipient recipient : recipients) {
            if (skip.add(recipient) && recipient.deliver(packet)) {
                count++;
            }
        }
        return count;
    }
}
