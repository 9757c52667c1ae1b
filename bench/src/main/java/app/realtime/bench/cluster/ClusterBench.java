package app.realtime.bench.cluster;

import app.realtime.bench.load.Loop;
import app.realtime.bench.report.Figure;
import app.realtime.bench.report.Results;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures instances of the packaged service over one Redis: what a broadcast costs each, what Redis carries, and what a request
 * costs that comes to the wrong instance. Prints medians of rounds, with the lowest and the highest.
 */
public final class ClusterBench {

    private static final String USAGE =
            """
            bench/cluster [--quick]

            Measures the packaged service (mvn package) with 1, 2 and 3 instances over a redis-server of its own, on loopback.
            Takes about ten minutes; --quick is a first look.
            """;

    private static final int MEMBERS = 300;
    private static final int MOST_SUBSCRIBERS = 16;

    private final List<Figure> figures = new ArrayList<>();
    private final Launcher launcher;
    private final Path work;
    private final boolean quick;

    private ClusterBench(Path bench, boolean quick) throws IOException {
        this.quick = quick;
        this.work = Files.createTempDirectory("bench-cluster");
        this.launcher = new Launcher(
                bench.resolve("../target/liberty/wlp").normalize(),
                bench,
                work,
                Path.of(System.getProperty("java.home")),
                Map.of("DRAIN_SECONDS", "0"),
                "");
    }

    /** The first argument is the folder of the benchmarks. */
    public static void main(String[] args) throws IOException {
        List<String> options = List.of(args).subList(1, args.length);
        if (options.stream().anyMatch(option -> !option.equals("--quick"))) {
            System.out.print(USAGE);
            return;
        }
        new ClusterBench(Path.of(args[0]), !options.isEmpty()).run();
    }

    private int rounds() {
        return quick ? 2 : 5;
    }

    private void run() throws IOException {
        try (Loop loop = Loop.start();
                RedisServer redis = RedisServer.start(work)) {
            System.out.println("Redis " + redis.version());
            carry(redis);
            broadcasts("alone", loop, launcher, redis, List.of(MEMBERS));
            Launcher clustered = launcher.withEnvironment(Map.of("REDIS_URL", redis.url()));
            broadcasts("1 instance", loop, clustered, redis, List.of(MEMBERS));
            broadcasts("2 instances", loop, clustered, redis, List.of(MEMBERS / 2, MEMBERS / 2));
            broadcasts("2 instances, members on one", loop, clustered, redis, List.of(MEMBERS, 0));
            broadcasts("3 instances", loop, clustered, redis, List.of(MEMBERS / 3, MEMBERS / 3, MEMBERS / 3));
            relayed(clustered);
        }
        print();
    }

    private void broadcasts(
            String name, Loop loop, Launcher starting, RedisServer redis, List<Integer> membersOfEach) {
        try (Instances instances = Instances.start(starting, membersOfEach.size());
                SpreadRoom room = new SpreadRoom(loop, instances.all(), membersOfEach)) {
            room.flood(8, quick ? 3 : 15);
            room.steady(40, quick ? 2 : 10);
            for (int round = 1; round <= rounds(); round++) {
                keep(name, round, room.measure(redis, 40, quick ? 3 : 8));
            }
        }
    }

    private void carry(RedisServer redis) {
        for (int subscribers = 1; subscribers <= MOST_SUBSCRIBERS; subscribers *= 4) {
            for (int round = 1; round <= rounds(); round++) {
                keep(subscribers + " subscribers", round, RedisLoad.measure(redis, subscribers, quick ? 1 : 3));
            }
        }
    }

    private void relayed(Launcher clustered) throws IOException {
        try (Instances instances = Instances.start(clustered, 2)) {
            RelayedPolls polls = new RelayedPolls(
                    instances.all().get(0), instances.all().get(1));
            polls.warmUp(quick ? 500 : 3000);
            for (int round = 1; round <= rounds(); round++) {
                keep("polling", round, polls.measure(quick ? 300 : 2000));
            }
        }
    }

    private void keep(String part, int round, Map<String, Double> values) {
        System.out.println(part + ' ' + round + ' ' + values);
        values.forEach((metric, value) -> figures.add(new Figure(part, metric, "service", round, value)));
    }

    private void print() {
        Results results = new Results(figures, List.of());
        System.out.println("\n| what | figure | median (lowest–highest) |\n|---|---|---|");
        figures.stream().filter(figure -> figure.round() == 1).forEach(figure -> System.out.println("| " + figure.part()
                + " | " + figure.metric() + " | "
                + results.spread(figure.part(), figure.metric(), "service").text() + " |"));
    }
}
