package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.EventSource;
import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Publisher;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/** Broadcasts at a fixed rate to a room: what one delivery costs the server, and how long it takes. */
final class DeliveryPart implements Part {

    private final String name;
    private final Transport transport;
    private final int members;
    private final int rate;
    private final Loop loop;
    private final Scale scale;

    DeliveryPart(String name, Transport transport, int members, int rate, Loop loop, Scale scale) {
        this.name = name;
        this.transport = transport;
        this.members = members;
        this.rate = rate;
        this.loop = loop;
        this.scale = scale;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void warmUp(Server server) {
        try (Room room = new Room(loop, server, transport, members, source(server))) {
            room.flood(scale.window(), scale.quick() ? 6 : 30);
            room.awaitAll();
            // What happens at a fixed rate is not all that happens in a flood.
            room.steady(rate, scale.quick() ? 3 : 20);
        }
    }

    private EventSource source(Server server) {
        return new Publisher(server.api(), scale.bytes());
    }

    @Override
    public Map<String, Double> measure(Server server) {
        try (Room room = new Room(loop, server, transport, members, source(server))) {
            room.steady(rate, 2);
            room.deliveries().restart();
            long before = room.deliveries().count();
            Meter meter = new Meter(server);
            room.steady(rate, scale.seconds());
            return figures(
                    meter.read(),
                    room.deliveries().count() - before,
                    room.deliveries().restart());
        }
    }

    static Map<String, Double> figures(Meter.Reading reading, long count, Latencies latencies) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("cpu", reading.server().micros() / count);
        values.put("cpu-user", reading.server().userMicros() / count);
        values.put("cpu-system", reading.server().systemMicros() / count);
        values.put("rate", count / reading.seconds());
        values.put("p50", latencies.millis(0.50));
        values.put("p99", latencies.millis(0.99));
        values.put("generator-cpu", reading.generator().micros() / count);
        return values;
    }
}
