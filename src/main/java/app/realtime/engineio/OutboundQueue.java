package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packets that wait for one client, bounded in number and in bytes. Guarded by its session's lock. */
final class OutboundQueue {

    private final int maxPackets;
    private final long maxBytes;
    private final Crowd crowd;
    private final ArrayDeque<Packet> packets = new ArrayDeque<>(2);
    /** How many of the oldest packets are one message that may be dropped. */
    private int droppable;

    private long bytes;
    private boolean compress;
    private boolean inCrowd;

    /** @param crowd joined while the queue is more than half full */
    OutboundQueue(int maxPackets, long maxBytes, Crowd crowd) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
        this.crowd = crowd;
    }

    /**
     * Adds a message with its attachments, all or nothing. A single message of any size fits into an empty queue. What
     * may be dropped is offered to an empty queue alone, so that there is at most one such message, and the oldest.
     *
     * @return the limit that left no room for it
     */
    Optional<OutboundLimit> offer(List<Packet> message, SendOptions options) {
        long weight = 0;
        for (Packet packet : message) {
            weight += packet.weight();
        }
        if (!packets.isEmpty()) {
            if (packets.size() + message.size() > maxPackets) {
                return Optional.of(OutboundLimit.MESSAGES);
            }
            if (bytes + weight > maxBytes) {
                return Optional.of(OutboundLimit.BYTES);
            }
        } else if (options.droppable()) {
            droppable = message.size();
        }
        packets.addAll(message);
        bytes += weight;
        compress |= options.compress();
        tellCrowd();
        return Optional.empty();
    }

    /** Makes room by dropping what may be dropped; false if nothing may. */
    boolean drop() {
        boolean any = droppable > 0;
        for (; droppable > 0; droppable--) {
            bytes -= packets.remove().weight();
        }
        tellCrowd();
        return any;
    }

    /** Everything, oldest first; the queue is empty afterwards. */
    Batch takeAll() {
        Batch all = new Batch(List.copyOf(packets), compress);
        clear();
        return all;
    }

    /** The oldest packets, of about this weight together; at least one. A message that has begun is not dropped. */
    Batch take(long weight) {
        if (bytes <= weight) {
            return takeAll();
        }
        List<Packet> oldest = new ArrayList<>();
        boolean worthCompressing = compress;
        for (long taken = 0; taken < weight && !packets.isEmpty(); ) {
            Packet next = packets.remove();
            oldest.add(next);
            taken += next.weight();
            bytes -= next.weight();
        }
        droppable = 0;
        if (packets.isEmpty()) {
            clear();
        }
        tellCrowd();
        return new Batch(oldest, worthCompressing);
    }

    void clear() {
        packets.clear();
        bytes = 0;
        compress = false;
        droppable = 0;
        tellCrowd();
    }

    private void tellCrowd() {
        boolean halfFull = packets.size() > maxPackets / 2 || bytes > maxBytes / 2;
        if (halfFull == inCrowd) {
            return;
        }
        inCrowd = halfFull;
        if (halfFull) {
            crowd.enter();
        } else {
            crowd.leave();
        }
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Whether there is more in it than heartbeats, whose answers have a deadline of their own. */
    boolean hasMessages() {
        if (packets.isEmpty()) {
            // Asked of every session by every sweep; an iterator would be most of that.
            return false;
        }
        for (Packet packet : packets) {
            if (!(packet instanceof Packet.Ping || packet instanceof Packet.Pong)) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return packets.size();
    }

    /** What waits, as its packets {@linkplain Packet#weight() weigh}. */
    long bytes() {
        return bytes;
    }
}
