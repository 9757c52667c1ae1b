package app.realtime.bench.cluster;

import app.realtime.bench.load.Loop;
import app.realtime.bench.report.Machine;
import app.realtime.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measures instances over one Redis and writes what came out of it. */
public final class ClusterBench {

    private ClusterBench() {}

    /** @param arguments the folder {@code bench}, then options */
    public static void main(String[] arguments) throws IOException {
        List<String> all = Arrays.asList(arguments);
        if (all.contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            run(Options.parse(Path.of(all.get(0)), all.subList(1, all.size())));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options) throws IOException {
        Machine machine = Machine.here(options.serviceJava());
        Path work = Files.createTempDirectory("bench-cluster-");
        System.out.println("Logs of the servers: " + work);
        Results results;
        try (Loop loop = Loop.start()) {
            results = new ClusterRun(options, work, loop).run();
        }
        String page = new ClusterPage(options, results).markdown(machine);
        System.out.println(page);
        Path out = Files.createDirectories(options.out());
        Files.writeString(out.resolve("cluster.md"), page);
        Files.writeString(out.resolve("cluster.csv"), csv(results));
        System.out.println("Written: " + out.resolve("cluster.md"));
    }

    private static String csv(Results results) {
        return results.figures().stream()
                .map(figure -> String.format(
                        Locale.ROOT, "%s,%s,%d,%.4f%n", figure.part(), figure.metric(), figure.round(), figure.value()))
                .collect(Collectors.joining("", "part,metric,round,value\n", ""));
    }
}
