package app.realtime.bench;

import app.realtime.bench.load.Loop;
import app.realtime.bench.part.IdlePart;
import app.realtime.bench.part.Part;
import app.realtime.bench.part.Parts;
import app.realtime.bench.report.Figure;
import app.realtime.bench.report.Summary;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.Server;
import app.realtime.bench.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs the benchmark: every part, every server in turn, round by round. */
public final class Bench {

    private final Options options;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private Bench(Options options) {
        this.options = options;
    }

    /** @param arguments the folder {@code bench}, then options */
    public static void main(String[] arguments) throws IOException {
        List<String> all = Arrays.asList(arguments);
        if (all.contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            new Bench(Options.parse(Path.of(all.get(0)), all.subList(1, all.size()))).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private void run() throws IOException {
        Path work = Files.createTempDirectory("bench-");
        Launcher launcher = new Launcher(
                options.liberty(),
                options.home().resolve("target/node"),
                work,
                options.serviceJava(),
                options.serviceEnvironment(),
                "");
        try (Loop loop = Loop.start()) {
            List<Part> parts = Parts.onSharedServers(loop, options.scale()).stream()
                    .filter(part -> isWanted(part.name()))
                    .toList();
            if (!parts.isEmpty()) {
                shared(parts, launcher);
            }
            if (isWanted("idle")) {
                alone(new IdlePart(loop, options.scale()), launcher);
            }
        }
        System.out.println(new Summary(figures).text());
    }

    private boolean isWanted(String part) {
        return options.parts().isEmpty() || options.parts().contains(part);
    }

    /** Every round with a fresh server, and nobody beside it. */
    private void alone(Part part, Launcher launcher) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (ServerKind kind : options.servers()) {
                try (Server server = launcher.start(kind)) {
                    int number = round;
                    succeeds(part, server, () -> {
                        part.warmUp(server);
                        measure(part, number, server);
                    });
                }
            }
        }
    }

    private void shared(List<Part> parts, Launcher launcher) {
        List<Server> servers = new ArrayList<>();
        try {
            for (ServerKind kind : options.servers()) {
                servers.add(launcher.start(kind));
            }
            for (Part part : parts) {
                rounds(part, servers);
            }
        } finally {
            servers.forEach(Server::close);
        }
    }

    private void rounds(Part part, List<Server> servers) {
        List<Server> able = new ArrayList<>();
        for (Server server : servers) {
            say("%s: warming up %s".formatted(part.name(), server.name()));
            if (succeeds(part, server, () -> part.warmUp(server))) {
                able.add(server);
            }
        }
        for (int round = 1; round <= options.rounds(); round++) {
            int number = round;
            able.removeIf(server -> !succeeds(part, server, () -> measure(part, number, server)));
        }
    }

    private void measure(Part part, int round, Server server) {
        keep(part.name(), round, server.name(), part.measure(server));
    }

    private void keep(String part, int round, String server, Map<String, Double> values) {
        say("%s %d %s: %s".formatted(part, round, server, values));
        values.forEach((metric, value) -> figures.add(new Figure(part, metric, server, round, value)));
    }

    /** One that fails is left out of the rest of the part, and said to have failed. */
    private boolean succeeds(Part part, Server server, Runnable work) {
        try {
            work.run();
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            failures.add("%s, %s: %s".formatted(part.name(), server.name(), cause(e)));
            say("FAILED " + failures.get(failures.size() - 1));
            return false;
        }
    }

    private static String cause(Throwable e) {
        return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + cause(e.getCause());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
