package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Packets that wait for one client, bounded in number and in bytes. Guarded by its session's lock. */
final class OutboundQueue {

    private final int maxPackets;
    private final long maxBytes;
    private final ArrayDeque<Packet> packets = new ArrayDeque<>(2);
    private long bytes;

    OutboundQueue(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    /** Whether there was room. A single packet of any size fits into an empty queue. */
    boolean offer(Packet packet) {
        if (!packets.isEmpty() && (packets.size() >= maxPackets || bytes + packet.weight() > maxBytes)) {
            return false;
        }
        packets.add(packet);
        bytes += packet.weight();
        return true;
    }

    /** Everything, oldest first; the queue is empty afterwards. */
    List<Packet> takeAll() {
        List<Packet> all = new ArrayList<>(packets);
        clear();
        return all;
    }

    void clear() {
        packets.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    int size() {
        return packets.size();
    }
}
