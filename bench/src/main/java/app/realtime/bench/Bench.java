package app.realtime.bench;

import app.realtime.bench.report.Machine;
import app.realtime.bench.report.Report;
import app.realtime.bench.report.Results;
import app.realtime.bench.report.Summary;
import app.realtime.bench.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs the benchmark and writes what came out of it. */
public final class Bench {

    private static final int ENOUGH_ROUNDS = 5;

    private Bench() {}

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
        // The threads of peers' clients must not keep it alive.
        System.exit(0);
    }

    private static void run(Options options) throws IOException {
        Optional<Path> drawn = options.draw();
        if (drawn.isPresent()) {
            Report.read(drawn.get())
                    .orElseThrow(() -> new IllegalArgumentException("There are no figures in " + drawn.get()))
                    .write(drawn.get());
            return;
        }
        Machine machine = Machine.here(options.serviceJava());
        Results results = new Run(options).run();
        System.out.println();
        System.out.print(new Summary(results).text());
        results.failures().forEach(failure -> System.out.println("FAILED " + failure));
        Report report = new Report(machine, options.settings(), results);
        Path folder = folder(options, results);
        if (options.add()) {
            report = Report.read(folder).map(report::with).orElse(report);
        }
        report.write(folder);
        System.out.println("Written: " + folder.resolve("benchmarks.md"));
    }

    /** Only what is whole is published. */
    private static Path folder(Options options, Results results) {
        boolean whole = !options.quick()
                && options.parts().isEmpty()
                && options.rounds() >= ENOUGH_ROUNDS
                && options.servers().containsAll(List.of(ServerKind.values()))
                && results.failures().isEmpty();
        return options.out().orElse(whole ? options.published() : options.home().resolve("target/results"));
    }
}
