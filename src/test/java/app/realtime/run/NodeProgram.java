package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A run of the tests' JavaScript clients on Node.js, in a process of its own that ends with this JVM. Safe to use from
 * any thread.
 */
public final class NodeProgram implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(5);

    private final ChildProcess process;

    private NodeProgram(ChildProcess process) {
        this.process = process;
    }

    /** Goes on only where it can run: elsewhere the test is skipped, or fails ({@link Prerequisite}). */
    public static void require() {
        Prerequisite.require("Not tested with the official JavaScript client", obstacle());
    }

    /** Why it cannot run here; empty if it can. */
    public static Optional<String> obstacle() {
        Path directory = Build.javaScriptClients();
        if (Files.exists(directory.resolve("complete"))) {
            return Optional.empty();
        }
        Path problem = directory.resolve("problem");
        try {
            return Optional.of(
                    Files.exists(problem) ? Files.readString(problem) : "the build has not installed the clients");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + problem, e);
        }
    }

    /**
     * Starts the program.
     *
     * @param name for error messages and the name of its log
     * @param script the name of a file in {@code src/test/js}
     * @param environment added to this JVM's own
     * @param lines called with each line that it prints, on a thread of its own
     */
    public static NodeProgram start(
            String name,
            String script,
            List<String> arguments,
            Map<String, String> environment,
            Consumer<String> lines) {
        Path clients = Build.javaScriptClients();
        Path directory = Build.freshDirectory("javascript-" + name.replaceAll("[^A-Za-z0-9]+", "-"));
        List<String> command =
                new ArrayList<>(List.of("node", clients.resolve(script).toString()));
        command.addAll(arguments);
        return new NodeProgram(ChildProcess.start(
                name, command, environment, directory, directory.resolve("console.log"), lines, STOP));
    }

    /** Completes with the exit code when it has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /** A sentence about the process and the last lines that it printed, for an error message. */
    public String report() {
        return process.report();
    }

    @Override
    public void close() {
        process.stop(STOP);
    }
}
