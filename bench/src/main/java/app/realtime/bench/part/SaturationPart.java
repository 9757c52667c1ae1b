package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.EventSource;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Publisher;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.util.Map;

/** As many broadcasts as the server takes, with a few on their way at a time. */
final class SaturationPart implements Part {

    private final Loop loop;
    private final Scale scale;

    SaturationPart(Loop loop, Scale scale) {
        this.loop = loop;
        this.scale = scale;
    }

    @Override
    public String name() {
        return "saturation";
    }

    @Override
    public void warmUp(Server server) {
        try (Room room = new Room(loop, server, Transport.WEBSOCKET, scale.sockets(), source(server))) {
            room.flood(scale.window(), scale.quick() ? 6 : 15);
            room.awaitAll();
        }
    }

    private EventSource source(Server server) {
        return new Publisher(server.api(), scale.bytes());
    }

    @Override
    public Map<String, Double> measure(Server server) {
        try (Room room = new Room(loop, server, Transport.WEBSOCKET, scale.sockets(), source(server))) {
            room.flood(scale.window(), 2);
            room.deliveries().restart();
            long before = room.deliveries().count();
            Meter meter = new Meter(server);
            room.flood(scale.window(), scale.seconds());
            Meter.Reading reading = meter.read();
            long count = room.deliveries().count() - before;
            Map<String, Double> values =
                    DeliveryPart.figures(reading, count, room.deliveries().restart());
            room.awaitAll();
            return values;
        }
    }
}
