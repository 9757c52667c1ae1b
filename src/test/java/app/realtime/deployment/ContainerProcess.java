package app.realtime.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program run as a container would run it: as a user of group 0 that owns nothing, where this JVM is root's; elsewhere as
 * this JVM's user. It ends with this JVM. Not safe for use by several threads.
 */
final class ContainerProcess implements AutoCloseable {

    /** No user of this machine. */
    static final String USER = "12345";

    private final Process process;
    private final Path log;
    private final Thread hook;

    private ContainerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static boolean canBeAnotherUser() {
        return "root".equals(System.getProperty("user.name"));
    }

    static ContainerProcess start(Path log, Map<String, String> environment, Path directory, String... command)
            throws IOException {
        List<String> words = new ArrayList<>();
        if (canBeAnotherUser()) {
            words.addAll(List.of("setpriv", "--reuid", USER, "--regid", "0", "--clear-groups", "--no-new-privs"));
        }
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        return new ContainerProcess(builder.start(), log);
    }

    /** Runs the program to its end. */
    static int run(Path log, Map<String, String> environment, Path directory, String... command)
            throws IOException, InterruptedException {
        try (ContainerProcess program = start(log, environment, directory, command)) {
            return program.exitCode(Duration.ofSeconds(60));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It has not ended after " + time.toSeconds() + " s:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + log, e);
        }
    }

    static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        process.destroyForcibly();
    }
}
