package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.RecordSource;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records at a fixed rate, each to everybody: from the producer's call to the client. */
public final class KafkaPart implements Part {

    private static final int MEMBERS = 200;
    private static final int RATE = 20;

    private final Loop loop;
    private final Scale scale;
    private final String brokers;

    public KafkaPart(Loop loop, Scale scale, String brokers) {
        this.loop = loop;
        this.scale = scale;
        this.brokers = brokers;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void warmUp(Server server) {
        try (Room room = room(server)) {
            // The first comes when the server's consumer has been given its partition.
            room.steady(1, 1);
            room.steady(RATE * 5, scale.quick() ? 3 : 10);
        }
    }

    @Override
    public Map<String, Double> measure(Server server) {
        try (Room room = room(server)) {
            room.steady(RATE, 2);
            room.deliveries().restart();
            room.steady(RATE, scale.seconds());
            Latencies latencies = room.deliveries().restart();
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("p50", latencies.millis(0.50));
            values.put("p99", latencies.millis(0.99));
            return values;
        }
    }

    private Room room(Server server) {
        return new Room(
                loop, server, Transport.WEBSOCKET, MEMBERS, new RecordSource(brokers, Launcher.topic(server.kind())));
    }
}
