package app.realtime.bench.part;

import app.realtime.bench.Scale;
import app.realtime.bench.load.Audience;
import app.realtime.bench.load.Loop;
import app.realtime.bench.load.Traffic;
import app.realtime.bench.load.Transport;
import app.realtime.bench.server.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections that do nothing but answer heartbeats: the memory of each beyond that of the empty server, and what all of
 * them cost. Needs a server of its own, for memory that was once used is seldom given back.
 */
public final class IdlePart implements Part {

    /** File descriptors that a process needs beside its clients. */
    private static final int RESERVE = 500;

    private static final int AT_ONCE = 32;
    private static final int WARM_UP = 500;
    private static final Duration SETTLE = Duration.ofSeconds(5);
    /** What the last connections have left to do, compiling above all, is not what idle ones cost. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private final Loop loop;
    private final List<Integer> counts;
    private final Duration watch;

    public IdlePart(Loop loop, Scale scale) {
        this.loop = loop;
        int most = (int) Math.min(Integer.MAX_VALUE, FileDescriptors.limit() - RESERVE);
        this.counts = scale.connections().stream()
                .map(count -> Math.min(count, most))
                .distinct()
                .sorted()
                .toList();
        this.watch = Duration.ofSeconds(scale.quick() ? 10 : 30);
    }

    @Override
    public String name() {
        return "idle";
    }

    /** Once through the code of a connection's life, so that loading it is not counted as memory of connections. */
    @Override
    public void warmUp(Server server) {
        new Audience(loop, server.sockets(), Transport.WEBSOCKET, Traffic.NONE)
                .growTo(WARM_UP, AT_ONCE)
                .leave()
                .awaitGone();
        Pause.of(SETTLE);
    }

    @Override
    public Map<String, Double> measure(Server server) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("empty-rss", server.residentKilobytes() / 1024.0);
        double empty = collected(server);
        values.put("empty-collected", empty / 1024);
        Audience audience = new Audience(loop, server.sockets(), Transport.WEBSOCKET, Traffic.NONE);
        for (int count : counts) {
            audience.growTo(count, AT_ONCE);
            Pause.of(SETTLE);
            values.put("rss-" + count, (server.residentKilobytes() - empty) / count);
            values.put("collected-" + count, (collected(server) - empty) / count);
        }
        Pause.of(CALM);
        Meter meter = new Meter(server);
        Pause.of(watch);
        Meter.Reading reading = meter.read();
        int most = counts.get(counts.size() - 1);
        values.put("cpu-" + most, reading.server().micros() / reading.seconds() / 1e4);
        audience.leave().awaitGone();
        return values;
    }

    /** Resident memory without what is garbage. */
    private static long collected(Server server) {
        server.collect();
        Pause.of(Duration.ofSeconds(2));
        return server.residentKilobytes();
    }
}
