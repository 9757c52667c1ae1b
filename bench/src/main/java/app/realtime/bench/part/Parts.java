package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Transport;
import java.util.List;

/**
 * All parts that share running servers, in the order in which they run: handshakes first, because all others begin with
 * some.
 */
public final class Parts {

    private static final int POLLING_MEMBERS = 200;
    private static final int POLLING_RATE = 10;

    private Parts() {}

    public static List<Part> onSharedServers(Loop loop, Scale scale) {
        return List.of(
                new HandshakePart("handshake", Transport.WEBSOCKET, loop, scale),
                new HandshakePart("polling-handshake", Transport.POLLING_HANDSHAKE, loop, scale),
                new DeliveryPart("delivery", Transport.WEBSOCKET, scale.sockets(), scale.rate(), loop, scale),
                new SaturationPart(loop, scale),
                new AckPart(loop, scale),
                new DeliveryPart("polling", Transport.POLLING, POLLING_MEMBERS, POLLING_RATE, loop, scale));
    }
}
