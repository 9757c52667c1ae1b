package app.realtime.bench.cluster;

import app.realtime.bench.server.ProcessUse;
import app.realtime.bench.server.RedisServer;
import app.realtime.bench.server.Server;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes the time, and what the instances, their Redis and this process use, from its beginning on. Used by one thread. */
final class GroupMeter {

    private final ServerGroup group;
    private final Map<String, Long> statsBefore;
    private final List<ProcessUse> instancesBefore;
    private final double redisBefore;
    private final double ownBefore;
    private final double machineBefore;
    private final long begin = System.nanoTime();

    GroupMeter(ServerGroup group) {
        this.group = group;
        this.statsBefore = stats(group);
        this.instancesBefore = uses(group);
        this.redisBefore = redis(group);
        this.ownBefore = own();
        this.machineBefore = ProcessUse.machineMicros();
    }

    private static List<ProcessUse> uses(ServerGroup group) {
        return group.servers().stream().map(Server::use).toList();
    }

    private static double redis(ServerGroup group) {
        return group.redis().map(RedisServer::cpuMicros).orElse(0.0);
    }

    private static Map<String, Long> stats(ServerGroup group) {
        return group.redis().map(redis -> redis.info("stats")).orElse(Map.of());
    }

    private static double own() {
        return ProcessUse.of(ProcessHandle.current().pid()).micros();
    }

    /** What has been used until now. */
    Reading read() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<ProcessUse> now = uses(group);
        List<Double> instances = IntStream.range(0, now.size())
                .mapToObj(i -> now.get(i).since(instancesBefore.get(i)).micros())
                .toList();
        double redis = redis(group) - redisBefore;
        double generator = own() - ownBefore;
        double measured = instances.stream().mapToDouble(Double::doubleValue).sum() + redis + generator;
        double others = ProcessUse.machineMicros() - machineBefore - measured;
        Map<String, Long> stats = stats(group);
        return new Reading(
                seconds,
                instances,
                redis,
                grown(stats, "total_commands_processed"),
                grown(stats, "total_net_output_bytes"),
                generator,
                others);
    }

    private long grown(Map<String, Long> stats, String name) {
        return stats.getOrDefault(name, 0L) - statsBefore.getOrDefault(name, 0L);
    }

    /**
     * CPU times in microseconds.
     *
     * @param commands that Redis has carried out
     * @param bytes that Redis has sent
     * @param others everything else that ran on this machine
     */
    record Reading(
            double seconds, List<Double> instances, double redis, double commands, double bytes, double generator, double others) {}
}
