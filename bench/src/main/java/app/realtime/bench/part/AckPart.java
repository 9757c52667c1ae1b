package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Requests;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clients that emit {@code ping} with an acknowledgement, each again as soon as it has been answered. */
final class AckPart implements Part {

    private static final int CLIENTS = 50;
    private static final int AT_ONCE = 16;

    private final Loop loop;
    private final Scale scale;

    AckPart(Loop loop, Scale scale) {
        this.loop = loop;
        this.scale = scale;
    }

    @Override
    public String name() {
        return "ack";
    }

    @Override
    public void warmUp(Server server) {
        run(server, Duration.ofSeconds(scale.quick() ? 5 : 15));
    }

    @Override
    public Map<String, Double> measure(Server server) {
        return run(server, Duration.ofSeconds(scale.seconds()));
    }

    private Map<String, Double> run(Server server, Duration time) {
        Requests requests = new Requests(CLIENTS);
        Audience audience =
                new Audience(loop, server.sockets(), Transport.WEBSOCKET, requests).growTo(CLIENTS, AT_ONCE);
        audience.each(requests.first());
        Pause.of(Duration.ofSeconds(1));
        requests.restart();
        long before = requests.answered();
        Meter meter = new Meter(server);
        Pause.of(time);
        Meter.Reading reading = meter.read();
        long count = requests.answered() - before;
        Latencies latencies = requests.restart();
        requests.stop();
        audience.leave().awaitGone();
        if (count == 0) {
            throw new IllegalStateException("No request was acknowledged");
        }
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
