package app.realtime.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A process of its own that ends with this one, whatever ends it: a shell watches the pipe between them, and ends the
 * process with all its children when the pipe is closed. Safe to use from any thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final String SUPERVISOR =
            "trap : INT HUP TERM; setsid \"$@\" </dev/null & child=$!; cat >/dev/null; kill -s TERM -- -$child; wait $child";

    private static final Duration STOP = Duration.ofSeconds(45);

    private final String name;
    private final String program;
    private final Process supervisor;
    private final Path log;
    private final Thread hook = new Thread(this::end);

    private ServerProcess(String name, String program, Process supervisor, Path log) {
        this.name = name;
        this.program = program;
        this.supervisor = supervisor;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * @param program the file name of the program that is to be measured; a script may start it
     * @param environment added to this process's own
     */
    static ServerProcess start(
            String name, String program, List<String> command, Map<String, String> environment, Path directory) {
        Path log = directory.resolve(name + ".log");
        List<String> supervised = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "supervisor"));
        supervised.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(supervised)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(name, program, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + name, e);
        }
    }

    /** The process that is measured. @throws IllegalStateException if it is not there */
    public long pid() {
        return supervisor
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> Path.of(path).getFileName().toString().equals(program))
                        .isPresent())
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has ended. The end of its log:\n" + tail()));
    }

    /** @throws IllegalStateException with the end of the log if it dies, or the time is over */
    void await(BooleanSupplier ready, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!ready.getAsBoolean()) {
            boolean started = supervisor.descendants().count() > 1;
            if (!started
                            && System.nanoTime() - end + time.toNanos()
                                    > Duration.ofSeconds(5).toNanos()
                    || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(name + " does not get ready. The end of its log:\n" + tail());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e + ")";
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook has done its part.
            return;
        }
    }

    private void end() {
        List<ProcessHandle> all = supervisor.descendants().toList();
        try {
            supervisor.getOutputStream().close();
            if (!supervisor.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                supervisor.destroyForcibly();
            }
        } catch (IOException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
