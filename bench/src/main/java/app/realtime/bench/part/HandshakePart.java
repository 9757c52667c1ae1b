package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Traffic;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connections one after the other, a few at a time, each until the namespace has answered. */
final class HandshakePart implements Part {

    private static final int AT_ONCE = 16;

    private final String name;
    private final Transport transport;
    private final Loop loop;
    private final int warmUps;
    private final int batch;

    HandshakePart(String name, Transport transport, Loop loop, Scale scale) {
        this.name = name;
        this.transport = transport;
        this.loop = loop;
        this.warmUps = scale.quick() ? 2 : 20;
        this.batch = scale.quick() ? 2000 : 4000;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void warmUp(Server server) {
        for (int i = 0; i < warmUps; i++) {
            new Audience(loop, server.sockets(), transport, Traffic.NONE)
                    .growTo(batch, AT_ONCE)
                    .leave()
                    .awaitGone();
        }
    }

    @Override
    public Map<String, Double> measure(Server server) {
        Audience audience = new Audience(loop, server.sockets(), transport, Traffic.NONE);
        Meter meter = new Meter(server);
        audience.growTo(batch, AT_ONCE);
        Meter.Reading open = meter.read();
        Meter closing = new Meter(server);
        audience.leave().awaitGone();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("cpu", open.server().micros() / batch);
        values.put("cpu-user", open.server().userMicros() / batch);
        values.put("cpu-system", open.server().systemMicros() / batch);
        values.put("rate", batch / open.seconds());
        values.put("closing-cpu", closing.read().server().micros() / batch);
        values.put("generator-cpu", open.generator().micros() / batch);
        return values;
    }
}
