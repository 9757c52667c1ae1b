package app.realtime.bench.cluster;

import app.realtime.bench.load.Latencies;
import app.realtime.bench.load.Loop;
import app.realtime.bench.report.Figure;
import app.realtime.bench.report.Results;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.RedisServer;
import app.realtime.bench.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Clusters of each size side by side, each with its own Redis, and only one of them has work; every scenario once in each
 * round. Used by one thread, once.
 */
final class ClusterRun {

    /** The part of the figures that holds what everybody uses without any load. */
    static final String IDLE = "idle";

    static final String SATURATION = "redis-";

    /** The part with requests that come to the wrong instance. */
    static final String RELAY = "relay";

    static final String SERVICE = "service";

    private static final List<Integer> SIZES = List.of(0, 1, 2, 3);
    private static final int WINDOW = 8;
    private static final double LEAD_SECONDS = 1;
    private static final double SATURATION_SECONDS = 1;

    private final Options options;
    private final Path work;
    private final Loop loop;
    private final List<ServerGroup> groups = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    ClusterRun(Options options, Path work, Loop loop) {
        this.options = options;
        this.work = work;
        this.loop = loop;
    }

    Results run() {
        Launcher launcher =
                new Launcher(options.liberty(), work, work, options.serviceJava(), Map.of("DRAIN_SECONDS", "0"), "");
        List<Scenario> scenarios = Scenario.all(options.sockets(), options.rate());
        try {
            for (int size : SIZES) {
                say("Starting a cluster of " + size);
                groups.add(new ServerGroup(size, launcher, work));
            }
            for (ServerGroup group : groups) {
                say("Warming up the cluster of " + group.size());
                warmUp(group, scenarios);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                Map<Integer, GroupMeter.Reading> idle = idle(round);
                for (Scenario scenario : scenarios) {
                    keep(scenario.name(), round, measure(scenario, idle.get(scenario.size())));
                }
            }
            relay(groups.get(SIZES.indexOf(2)).servers());
        } finally {
            groups.parallelStream().forEach(ServerGroup::close);
        }
        saturation();
        return new Results(List.copyOf(figures), List.of());
    }

    private void warmUp(ServerGroup group, List<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            if (scenario.size() == group.size()) {
                try (Crowd crowd = crowd(group, scenario)) {
                    crowd.steady(scenario.rate(), options.warmUp() / 6.0);
                    // Without members it is the HTTP API alone, which takes more calls until it is compiled.
                    crowd.flood(WINDOW, options.warmUp() / (scenario.recipients() > 0 ? 3.0 : 1.5));
                }
            }
        }
    }

    private Crowd crowd(ServerGroup group, Scenario scenario) {
        return new Crowd(loop, group.servers(), scenario.members(), options.bytes());
    }

    /** Nobody has work: what instances use all the time, and the messages that they send themselves. */
    private Map<Integer, GroupMeter.Reading> idle(int round) {
        Map<Integer, GroupMeter> meters = new LinkedHashMap<>();
        groups.forEach(group -> meters.put(group.size(), new GroupMeter(group)));
        pause(options.seconds() * 1.5);
        Map<Integer, GroupMeter.Reading> readings = new LinkedHashMap<>();
        meters.forEach((size, meter) -> readings.put(size, meter.read()));
        readings.forEach((size, reading) -> {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("instance-cpu", average(reading.instances()) / reading.seconds());
            values.put("redis-cpu", reading.redis() / reading.seconds());
            values.put("redis-bytes", reading.bytes() / reading.seconds());
            keep(IDLE + '-' + size, round, values);
        });
        return readings;
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private Map<String, Double> measure(Scenario scenario, GroupMeter.Reading idle) {
        ServerGroup group = groups.get(SIZES.indexOf(scenario.size()));
        try (Crowd crowd = crowd(group, scenario)) {
            crowd.steady(scenario.rate(), LEAD_SECONDS);
            crowd.restartLocal();
            crowd.restartRemote();
            long before = crowd.published();
            GroupMeter meter = new GroupMeter(group);
            crowd.steady(scenario.rate(), options.seconds());
            GroupMeter.Reading reading = meter.read();
            Map<String, Double> values = values(scenario, reading, idle, crowd.published() - before);
            times(values, "local", crowd.restartLocal());
            times(values, "remote", crowd.restartRemote());
            return values;
        }
    }

    /** CPU is what comes on top of that of the same processes when idle. */
    private static Map<String, Double> values(
            Scenario scenario, GroupMeter.Reading reading, GroupMeter.Reading idle, long broadcasts) {
        double idleInstance = average(idle.instances()) / idle.seconds();
        Map<String, Double> values = new LinkedHashMap<>();
        double sum = 0;
        for (int i = 0; i < scenario.instances(); i++) {
            double busy = reading.instances().get(i);
            double more = busy - idleInstance * reading.seconds();
            sum += more;
            values.put("core-" + (i + 1), busy / reading.seconds() / 1e6);
            values.put("broadcast-cpu-" + (i + 1), more / broadcasts);
        }
        values.put("rate", broadcasts / reading.seconds());
        values.put("others", reading.others() / reading.seconds() / 1e6);
        if (scenario.recipients() > 0) {
            values.put("message-cpu", sum / broadcasts / scenario.recipients());
            values.put("generator-cpu", reading.generator() / broadcasts / scenario.recipients());
        }
        if (scenario.size() > 0) {
            double seconds = reading.seconds();
            values.put("redis-cpu", (reading.redis() - idle.redis() / idle.seconds() * seconds) / broadcasts);
            values.put("redis-bytes", (reading.bytes() - idle.bytes() / idle.seconds() * seconds) / broadcasts);
            values.put("redis-commands", reading.commands() / seconds);
        }
        return values;
    }

    private static void times(Map<String, Double> values, String whose, Latencies latencies) {
        if (latencies.count() > 0) {
            values.put(whose + "-p50", latencies.millis(0.50));
            values.put(whose + "-p99", latencies.millis(0.99));
        }
    }

    private void relay(List<Server> servers) {
        RelayedPolls polls = new RelayedPolls(servers.get(0), servers.get(1));
        polls.warmUp(options.warmUp() * 250);
        for (int round = 1; round <= options.rounds(); round++) {
            keep(RELAY, round, polls.measure(options.seconds() * 250));
        }
    }

    /** A Redis of its own, while no instance runs. */
    private void saturation() {
        try (RedisServer redis = RedisServer.start(work)) {
            RedisSaturation saturation = new RedisSaturation(redis);
            for (int round = 1; round <= options.rounds(); round++) {
                for (int subscribers : RedisSaturation.SUBSCRIBERS) {
                    keep(SATURATION + subscribers, round, saturation.measure(subscribers, SATURATION_SECONDS));
                }
            }
        }
    }

    private void keep(String part, int round, Map<String, Double> values) {
        say("%s %d: %s".formatted(part, round, values));
        values.forEach((metric, value) -> figures.add(new Figure(part, metric, SERVICE, round, value)));
    }

    private static void pause(double seconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
