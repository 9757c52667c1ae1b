package app.realtime.bench;

import app.realtime.bench.load.Loop;
import app.realtime.bench.part.Part;
import app.realtime.bench.part.Parts;
import app.realtime.bench.report.Figure;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.Server;
import app.realtime.bench.server.ServerKind;
import java.io.IOException;
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
                    .filter(part -> options.parts().isEmpty() || options.parts().contains(part.name()))
                    .toList();
            if (!parts.isEmpty()) {
                shared(parts, launcher);
            }
        }
    }

    private void shared(List<Part> parts, Launcher launcher) {
        List<Server> servers = new ArrayList<>();
        try {
            for (ServerKind kind : options.servers()) {
                servers.add(launcher.start(kind));
            }
            parts.forEach(part -> rounds(part, servers));
        } finally {
            servers.forEach(Server::close);
        }
    }

    private void rounds(Part part, List<Server> servers) {
        for (Server server : servers) {
            say("%s: warming up %s".formatted(part.name(), server.name()));
            part.warmUp(server);
        }
        for (int round = 1; round <= options.rounds(); round++) {
            for (Server server : servers) {
                Map<String, Double> values = part.measure(server);
                say("%s %d %s: %s".formatted(part.name(), round, server.name(), values));
                for (Map.Entry<String, Double> value : values.entrySet()) {
                    figures.add(new Figure(part.name(), value.getKey(), server.name(), round, value.getValue()));
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
