package app.realtime.bench;

import app.realtime.bench.jmh.Micro;
import app.realtime.bench.load.Loop;
import app.realtime.bench.part.IdlePart;
import app.realtime.bench.part.KafkaPart;
import app.realtime.bench.part.Part;
import app.realtime.bench.part.Parts;
import app.realtime.bench.report.Figure;
import app.realtime.bench.report.Results;
import app.realtime.bench.server.Broker;
import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.Server;
import app.realtime.bench.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every part that is asked for, every server in turn, round by round. Used by one thread, once. */
final class Run {

    private final Options options;
    private final Path work;
    private final Launcher launcher;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Run(Options options) throws IOException {
        this.options = options;
        this.work = Files.createTempDirectory("bench-");
        this.launcher = new Launcher(
                options.liberty(),
                options.home().resolve("target/node"),
                work,
                options.serviceJava(),
                options.serviceEnvironment(),
                "");
    }

    Results run() {
        say("Logs of the servers: %s".formatted(work));
        try (Loop loop = Loop.start()) {
            List<Part> parts = Parts.onSharedServers(loop, options.scale()).stream()
                    .filter(part -> options.wants(part.name()))
                    .toList();
            if (!parts.isEmpty()) {
                together(parts, launcher);
            }
            if (options.wants("kafka")) {
                kafka(loop);
            }
            if (options.wants("idle")) {
                alone(new IdlePart(loop, options.scale()));
            }
        }
        if (options.wants("micro")) {
            keep("micro", 1, ServerKind.SERVICE.key(), Micro.run(options.quick()));
        }
        return new Results(List.copyOf(figures), List.copyOf(failures));
    }

    private void kafka(Loop loop) {
        try (Broker broker = Broker.start(options.brokerClassPath(), work)) {
            broker.createTopics(options.servers().stream().map(Launcher::topic).toList());
            together(
                    List.of(new KafkaPart(loop, options.scale(), broker.address())),
                    launcher.withKafka(broker.address()));
        }
    }

    /** All servers run side by side; only the one that is measured has something to do. */
    private void together(List<Part> parts, Launcher starting) {
        List<Server> servers = new ArrayList<>();
        try {
            for (ServerKind kind : options.servers()) {
                servers.add(starting.start(kind));
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

    /** A fresh server for each round, and nobody beside it. */
    private void alone(Part part) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (ServerKind kind : options.servers()) {
                int number = round;
                try (Server server = launcher.start(kind)) {
                    succeeds(part, server, () -> {
                        part.warmUp(server);
                        measure(part, number, server);
                    });
                }
            }
        }
    }

    private void measure(Part part, int round, Server server) {
        keep(part.name(), round, server.name(), part.measure(server));
    }

    private void keep(String part, int round, String server, Map<String, Double> values) {
        say("%s %d %s: %s".formatted(part, round, server, values));
        values.forEach((metric, value) -> figures.add(new Figure(part, metric, server, round, value)));
    }

    /** Who fails is left out of the rest of the part, and is said to have failed. */
    private boolean succeeds(Part part, Server server, Runnable work) {
        try {
            work.run();
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            failures.add("%s, %s: %s".formatted(part.name(), server.name(), reason(e)));
            say("FAILED " + failures.get(failures.size() - 1));
            return false;
        }
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + reason(e.getCause());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
