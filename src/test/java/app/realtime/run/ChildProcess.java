package app.realtime.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process whose output goes to a log file (and to a listener), and which ends with this JVM: in an orderly way
 * by a shutdown hook, and by watching its standard input, as {@link ParentWatch} does, when this JVM is killed. Safe to
 * use from any thread.
 */
final class ChildProcess {

    private static final int TAIL_LINES = 40;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread pump;
    private final Thread hook;
    private volatile boolean stopped;

    private ChildProcess(String name, Process process, Path log, Consumer<String> lines, Duration grace) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.pump = new Thread(() -> pump(lines), name + "-log");
        this.pump.setDaemon(true);
        this.pump.start();
        this.hook = new Thread(() -> end(grace), name + "-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param command what follows {@code java}: options, class path, {@link ParentWatch}, arguments
     * @param environment added to this JVM's own
     * @param grace how long an orderly end may take when this JVM ends
     */
    static ChildProcess java(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            Consumer<String> lines,
            Duration grace) {
        return start(name, JavaCommand.of(command), environment, directory, log, lines, grace);
    }

    /**
     * @param command a program that ends when its standard input does, and its arguments
     * @param environment added to this JVM's own
     * @param grace how long an orderly end may take when this JVM ends
     */
    static ChildProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            Consumer<String> lines,
            Duration grace) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toFile()).environment().putAll(environment);
        try {
            Files.writeString(log, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new ChildProcess(name, builder.start(), log, lines, grace);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + name, e);
        }
    }

    /** Whether its end was this JVM's doing. */
    boolean wasStopped() {
        return stopped;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Everything that the process has written so far. */
    String logText() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the log of " + name, e);
        }
    }

    /** A sentence about the process and the last lines of its log, for an error message. */
    String report() {
        awaitLog();
        List<String> all = logText().lines().toList();
        String state = process.isAlive() ? "is running" : "ended with exit code " + process.exitValue();
        return name + " " + state + ". The end of its log (" + log + "):\n"
                + String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
    }

    /** Asks the process to end, waits that long, then kills it. Does nothing to a process that has ended. */
    void stop(Duration grace) {
        forget();
        end(grace);
        awaitLog();
    }

    /** Ends the process at once, as a crash would. */
    void kill() {
        stopped = true;
        forget();
        process.toHandle().destroyForcibly();
        await(Duration.ofSeconds(10));
        awaitLog();
    }

    /** By the handle: {@link Process#destroy} would close the log before its last lines are read. */
    private void end(Duration grace) {
        stopped = true;
        process.toHandle().destroy();
        if (!await(grace)) {
            process.toHandle().destroyForcibly();
            await(Duration.ofSeconds(10));
        }
    }

    private boolean await(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitLog() {
        if (process.isAlive()) {
            return;
        }
        try {
            pump.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run, and ends the process too.
            return;
        }
    }

    private void pump(Consumer<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                Writer writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(line + "\n");
                writer.flush();
                lines.accept(line);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException("Could not keep the log of " + name, e);
            }
        }
    }
}
