package app.realtime.bench.cluster;

import app.realtime.bench.cluster.LeastSquares.Equation;
import app.realtime.bench.report.Results;
import app.realtime.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * What things cost, found on clusters of one and two instances; times are CPU time in microseconds.
 *
 * @param idle an instance in a cluster, per second
 * @param publish a broadcast that comes in by HTTP and has members on that instance, without their messages
 * @param take a broadcast of another instance that has members here, without their messages
 * @param message a message to one member
 * @param publishEmpty a broadcast that comes in by HTTP and has no member on that instance
 * @param pass a broadcast of another instance that has no member here
 * @param redisPublish Redis for a broadcast, without its subscribers
 * @param redisInstance Redis for a broadcast, for each instance
 * @param redisBytes that Redis sends for a broadcast to each instance
 */
record Capacity(
        double idle,
        double publish,
        double take,
        double message,
        double publishEmpty,
        double pass,
        double redisPublish,
        double redisInstance,
        double redisBytes) {

    /** Looks at no figure of a cluster of three. */
    static Capacity of(Results results, List<Scenario> scenarios) {
        List<Equation> broadcasts = new ArrayList<>();
        List<Equation> redis = new ArrayList<>();
        List<Equation> bytes = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            if (scenario.size() != 1 && scenario.size() != 2) {
                continue;
            }
            boolean empty = scenario.recipients() == 0;
            if (empty) {
                // At lower rates it is less than the clock of CPU times can tell.
                redis.add(
                        new Equation(new double[] {1, scenario.size()}, median(results, scenario.name(), "redis-cpu")));
            }
            bytes.add(new Equation(new double[] {scenario.size()}, median(results, scenario.name(), "redis-bytes")));
            for (int i = 0; i < scenario.instances() && !empty; i++) {
                broadcasts.add(new Equation(
                        new double[] {
                            i == 0 ? 1 : 0, i == 0 ? 0 : 1, scenario.members().get(i)
                        },
                        median(results, scenario.name(), "broadcast-cpu-" + (i + 1))));
            }
        }
        double[] broadcast = LeastSquares.solve(broadcasts);
        double[] carried = LeastSquares.solve(redis);
        return new Capacity(
                (median(results, ClusterRun.IDLE + "-1", "instance-cpu")
                                + median(results, ClusterRun.IDLE + "-2", "instance-cpu"))
                        / 2,
                broadcast[0],
                broadcast[1],
                broadcast[2],
                median(results, "one-empty", "broadcast-cpu-1"),
                median(results, "two-empty", "broadcast-cpu-2"),
                carried[0],
                carried[1],
                LeastSquares.solve(bytes)[0]);
    }

    static double median(Results results, String part, String metric) {
        return spread(results, part, metric).median();
    }

    static Spread spread(Results results, String part, String metric) {
        return results.spread(part, metric, ClusterRun.SERVICE);
    }

    /** The part of a core that an instance of this scenario needs. @param instance from 0 */
    double cores(Scenario scenario, int instance, double rate) {
        int members = scenario.members().get(instance);
        double broadcast;
        if (instance == 0) {
            broadcast = members > 0 ? publish : publishEmpty;
        } else {
            broadcast = members > 0 ? take : pass;
        }
        return (idle + rate * (broadcast + members * message)) / 1e6;
    }

    /** Redis' CPU time for one broadcast. */
    double redis(int instances) {
        return redisPublish + instances * redisInstance;
    }
}
