package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.ArrayDeque;
import java.util.List;

/** Packets that wait for one client, bounded in number and in bytes. Guarded by its session's lock. */
final class OutboundQueue {

    private final int maxPackets;
    private final long maxBytes;
    private final ArrayDeque<Packet> packets = new ArrayDeque<>(2);
    private long bytes;
    private boolean compress;

    OutboundQueue(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    /** Whether there was room. A single packet of any size fits into an empty queue. */
    boolean offer(Packet packet, boolean worthCompressing) {
        if (!packets.isEmpty() && (packets.size() >= maxPackets || bytes + packet.weight() > maxBytes)) {
            return false;
        }
        packets.add(packet);
        bytes += packet.weight();
        compress |= worthCompressing;
        return true;
    }

    /** Everything, oldest first; the queue is empty afterwards. */
    Batch takeAll() {
        Batch all = new Batch(List.copyOf(packets), compress);
        clear();
        return all;
    }

    void clear() {
        packets.clear();
        bytes = 0;
        compress = false;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    int size() {
        return packets.size();
    }
}
