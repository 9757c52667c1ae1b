package app.realtime.bench.cluster;

import app.realtime.bench.cluster.LeastSquares.Equation;
import app.realtime.bench.report.Machine;
import app.realtime.bench.report.Results;
import app.realtime.bench.report.Spread;
import java.util.List;

/** The figures as a page of Markdown, with what the formula says beside what was measured. Used by one thread, once. */
final class ClusterPage {

    private final Options options;
    private final Results results;
    private final List<Scenario> scenarios;
    private final Capacity capacity;
    private final StringBuilder text = new StringBuilder();

    ClusterPage(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.scenarios = Scenario.all(options.sockets(), options.rate());
        this.capacity = Capacity.of(results, scenarios);
    }

    String markdown(Machine machine) {
        line("# Instances over one Redis\n");
        line("<!-- Written by bench/cluster. What it means is in ../scaling.md. -->\n");
        line("Commit " + machine.commit() + ", " + machine.date() + ", " + machine.cores() + " × "
                + machine.processor() + ", " + machine.java()
                + ". Instances, Redis and load generator share the cores. "
                + options.rounds() + " rounds of " + options.seconds()
                + " s: medians, with the lowest and the highest.");
        line("Events of " + options.bytes()
                + " bytes come in at instance 1. CPU is beyond that of the same process when"
                + " idle. Every round: [cluster.csv](cluster.csv).");
        table("Instances", List.of("alone", "one", "two", "three", "two-small", "three-uneven"), false);
        table("Nobody in the room", List.of("alone-empty", "one-empty", "two-empty", "three-empty"), true);
        idle();
        relay();
        saturation();
        constants();
        check();
        return text.toString();
    }

    private void table(String title, List<String> names, boolean empty) {
        List<Scenario> shown = names.stream().map(this::scenario).toList();
        line("\n## " + title + "\n");
        StringBuilder head = new StringBuilder("| |");
        shown.forEach(scenario -> head.append(' ').append(scenario.name()).append(" |"));
        line(head.toString());
        line("|---|" + "---|".repeat(shown.size()));
        StringBuilder load = new StringBuilder("| members on each instance; broadcasts/s |");
        shown.forEach(scenario -> load.append(' ')
                .append(scenario.members().toString().replaceAll("[\\[\\]]", ""))
                .append("; ")
                .append(scenario.rate())
                .append(" |"));
        line(load.toString());
        if (!empty) {
            row("CPU per message, all instances, µs", shown, "message-cpu");
            row("… of the load generator, µs", shown, "generator-cpu");
        }
        row("CPU per broadcast, instance 1, µs", shown, "broadcast-cpu-1");
        row("… instance 2, µs", shown, "broadcast-cpu-2");
        row("… instance 3, µs", shown, "broadcast-cpu-3");
        if (!empty) {
            row("p50, clients of instance 1, ms", shown, "local-p50");
            row("p99, clients of instance 1, ms", shown, "local-p99");
            row("p50, clients of the others, ms", shown, "remote-p50");
            row("p99, clients of the others, ms", shown, "remote-p99");
        }
        row("Redis: CPU per broadcast, µs", shown, "redis-cpu");
        row("Redis: bytes sent per broadcast", shown, "redis-bytes");
        row("Redis: commands/s", shown, "redis-commands");
        row("everything else on the machine, cores", shown, "others");
    }

    private void row(String title, List<Scenario> shown, String metric) {
        StringBuilder row = new StringBuilder("| " + title + " |");
        shown.forEach(scenario ->
                row.append(' ').append(spread(scenario.name(), metric).text()).append(" |"));
        line(row.toString());
    }

    private void idle() {
        line("\n## Without load\n\n| | alone | one | two | three |\n|---|---|---|---|---|");
        line("| CPU of an instance, µs/s |" + idle("instance-cpu", 0));
        line("| Redis: CPU, µs/s |" + idle("redis-cpu", 1));
        line("| Redis: bytes sent/s |" + idle("redis-bytes", 1));
    }

    private String idle(String metric, int from) {
        StringBuilder cells = new StringBuilder();
        for (int size = 0; size <= 3; size++) {
            String text = size < from
                    ? "–"
                    : spread(ClusterRun.IDLE + '-' + size, metric).text();
            cells.append(' ').append(text).append(" |");
        }
        return cells.toString();
    }

    private void relay() {
        line("\n## Polling by the wrong instance\n");
        line("One session asks and polls, a request at a time. For each request:\n");
        line("| | by its owner | by another instance |\n|---|---|---|");
        for (String part : List.of("p50", "p99")) {
            line("| " + part + ", ms | " + relay("owner-" + part) + " | " + relay("other-" + part) + " |");
        }
        line("| added to the median, ms | | " + relay("added") + " |");
        line("| CPU of the owner, µs | | " + relay("owner-cpu") + " |");
        line("| CPU of the other instance, µs | | " + relay("other-cpu") + " |");
    }

    private String relay(String metric) {
        return spread(ClusterRun.RELAY, metric).text();
    }

    private void saturation() {
        line("\n## One Redis, as fast as it answers\n");
        line(RedisSaturation.PUBLISHERS + " publishers with " + RedisSaturation.PIPELINE + " commands of "
                + RedisSaturation.BYTES + " bytes under way each, and subscribers that read and do nothing else.\n");
        line(
                "| subscribers | publishes/s | deliveries/s | CPU per publish, µs | Redis, cores |\n|---|---|---|---|---|");
        List<Equation> equations = RedisSaturation.SUBSCRIBERS.stream()
                .map(count -> new Equation(
                        new double[] {1, count},
                        spread(ClusterRun.SATURATION + count, "redis-cpu").median()))
                .toList();
        for (int count : RedisSaturation.SUBSCRIBERS) {
            String part = ClusterRun.SATURATION + count;
            line("| " + count + " | " + spread(part, "publishes").text() + " | "
                    + spread(part, "deliveries").text() + " | "
                    + spread(part, "redis-cpu").text() + " | "
                    + spread(part, "redis-core").text() + " |");
        }
        double[] fit = LeastSquares.solve(equations);
        line("\nCPU per publish = " + Spread.number(fit[0]) + " + " + Spread.number(fit[1]) + " × subscribers, in µs.");
    }

    private void constants() {
        line("\n## What things cost\n\nFitted on one and two instances.\n\n| | |\n|---|---|");
        constant("an instance without load, µs/s", capacity.idle());
        constant("`publish`: a broadcast by HTTP, members here, µs", capacity.publish());
        constant("`publish`, nobody here, µs", capacity.publishEmpty());
        constant("`take`: a broadcast of another instance, members here, µs", capacity.take());
        constant("`pass`: a broadcast of another instance, nobody here, µs", capacity.pass());
        constant("`message`: to one client, µs", capacity.message());
        constant("Redis: a broadcast, µs", capacity.redisPublish());
        constant("Redis: … for each instance, µs", capacity.redisInstance());
        constant("Redis: bytes sent for each instance", capacity.redisBytes());
    }

    private void constant(String title, double value) {
        line("| " + title + " | " + Spread.number(value) + " |");
    }

    private void check() {
        line(
                "\n## The formula on three instances\n\n| | foretold | measured | foretold ÷ measured |\n|---|---|---|---|");
        for (Scenario scenario : scenarios) {
            if (scenario.size() < 3) {
                continue;
            }
            String name = scenario.name();
            double rate = spread(name, "rate").median();
            for (int i = 0; i < scenario.instances(); i++) {
                compare(
                        name + ": instance " + (i + 1) + ", % of a core",
                        100 * capacity.cores(scenario, i, rate),
                        100,
                        spread(name, "core-" + (i + 1)));
            }
            if (scenario.recipients() == 0) {
                compare(
                        name + ": Redis' CPU per broadcast, µs",
                        capacity.redis(scenario.size()),
                        1,
                        spread(name, "redis-cpu"));
            }
            compare(
                    name + ": bytes sent by Redis per broadcast",
                    capacity.redisBytes() * scenario.size(),
                    1,
                    spread(name, "redis-bytes"));
        }
    }

    private void compare(String title, double foretold, double factor, Spread measured) {
        Spread scaled = new Spread(factor * measured.median(), factor * measured.least(), factor * measured.most());
        line("| " + title + " | " + Spread.number(foretold) + " | " + scaled.text() + " | "
                + Spread.number(foretold / scaled.median()) + " |");
    }

    private Scenario scenario(String name) {
        return scenarios.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Spread spread(String part, String metric) {
        return Capacity.spread(results, part, metric);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
