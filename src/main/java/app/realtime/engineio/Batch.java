package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.List;

/**
 * Packets that leave together.
 *
 * @param packets in order; at least one
 * @param compress whether some of them are worth compressing
 */
public record Batch(List<Packet> packets, boolean compress) {

    public Batch {
        packets = List.copyOf(packets);
    }

    /** One that is too short to be worth it. */
    static Batch of(Packet packet) {
        return new Batch(List.of(packet), false);
    }
}
