package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * An application other than the service on Open Liberty, with a server configuration of its own, in a JVM of its own. It
 * ends with this JVM. Safe to use from any thread.
 */
public final class LibertyApplication implements AutoCloseable {

    private static final String STARTED = "CWWKZ0001I";
    private static final Pattern FAILED = Pattern.compile("CWWKZ000[24]E|CWWKZ0012I");

    private final String name;
    private final int port;
    private final ChildProcess process;
    private volatile boolean started;
    /** Liberty itself goes on when its only application cannot start. */
    private volatile boolean failed;

    private LibertyApplication(String name, int port, Consumer<Path> files, Consumer<String> lines) {
        this.name = name;
        this.port = port;
        Path directory = Build.freshDirectory(name + "-" + port);
        Path server = directory.resolve("servers").resolve(name);
        try {
            files.accept(Files.createDirectories(server));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make " + server, e);
        }
        Map<String, String> environment = Map.of("PORT", Integer.toString(port));
        this.process = LibertyJvm.start("The server " + name, directory, name, List.of(), environment, line -> {
            watch(line);
            lines.accept(line);
        });
    }

    /**
     * Starts the server; does not wait until it is ready.
     *
     * @param name of the server
     * @param port given to the server as the variable {@code PORT}; 0 for a free one
     * @param files puts {@code server.xml} and the application into the server's directory
     * @param lines is given each line of the server's console, on a thread of its own
     * @throws IllegalStateException if something else listens on the port
     */
    public static LibertyApplication launch(String name, int port, Consumer<Path> files, Consumer<String> lines) {
        int chosen = port == 0 ? Ports.free(1)[0] : port;
        if (Ports.isTaken(chosen)) {
            throw new IllegalStateException(
                    "Port " + chosen + " is taken by another process. End that process, or choose another port.");
        }
        if (!Files.isDirectory(Build.serverInstall())) {
            throw new IllegalStateException(
                    "There is no Open Liberty in " + Build.serverInstall() + ": run `mvn package` first");
        }
        return new LibertyApplication(name, chosen, files, lines);
    }

    /**
     * Waits until the application has started and its port is open.
     *
     * @throws IllegalStateException with the end of the log, at once when it cannot start, or when the time is over
     */
    public LibertyApplication awaitReady(Duration time) {
        Await.until(
                "Starting the server " + name + " on port " + port,
                time,
                () -> started && Ports.answers(port),
                () -> process.isAlive() && !failed,
                process::report);
        return this;
    }

    public int port() {
        return port;
    }

    /** Whether its end was this JVM's doing. */
    public boolean wasStopped() {
        return process.wasStopped();
    }

    /** Waits for the server's end; its exit code. */
    public int awaitExit() {
        return process.onExit().join();
    }

    /** Everything that the server has written to its console so far. */
    public String logText() {
        return process.logText();
    }

    /** Ends it in an orderly way: SIGTERM, up to 40 s, then SIGKILL. */
    @Override
    public void close() {
        process.stop(LibertyJvm.STOP);
    }

    private void watch(String line) {
        started |= line.contains(STARTED);
        failed |= FAILED.matcher(line).find();
    }
}
