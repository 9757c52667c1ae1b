package app.realtime.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Two terminals: one for commands that end, one for a command that goes on. Not safe for use by several threads. */
final class Terminals implements AutoCloseable {

    private static final long TIME_SECONDS = 120;

    private final Map<String, String> ports;
    private final Map<String, String> environment;
    private final Path directory;
    private final Map<String, Long> seen = new HashMap<>();
    private Process second;

    /** @param ports what stands in README.md, and what to put there instead */
    Terminals(Map<String, String> ports, Map<String, String> environment) throws IOException {
        this.ports = ports;
        this.environment = environment;
        this.directory = Files.createTempDirectory("readme");
    }

    /** Runs commands to their end. @return what they printed, without the error output */
    String run(String commands) throws IOException, InterruptedException {
        Path output = directory.resolve("first");
        Path errors = directory.resolve("errors");
        Process process = bash(commands, output).redirectError(errors.toFile()).start();
        try {
            assertThat(process.waitFor(TIME_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s", commands, TIME_SECONDS)
                    .isTrue();
        } finally {
            end(process);
        }
        assertThat(process.exitValue())
                .as(() -> "The exit code of " + commands + read(output) + read(errors))
                .isZero();
        return read(output);
    }

    /** Starts a command that goes on, in the second terminal. */
    void start(String command) throws IOException {
        assertThat(second).as("The second terminal is free").isNull();
        second = bash(command, directory.resolve("second"))
                .redirectErrorStream(true)
                .start();
    }

    /** Waits until the second terminal has shown this once more than it was waited for. */
    void awaitOutput(String shown, Duration time) {
        long times = seen.merge(shown, 1L, Long::sum);
        ExpectedOutput expected = new ExpectedOutput(here(shown));
        await().atMost(time)
                .untilAsserted(() -> assertThat(read(directory.resolve("second")))
                        .as("What README.md shows:%n%s", shown)
                        .matches(output -> expected.timesIn(output) >= times));
    }

    /** Whether the output is what README.md shows. */
    boolean shows(String output, String shown) {
        return new ExpectedOutput(here(shown)).timesIn(output) == 1;
    }

    @Override
    public void close() throws IOException {
        if (second != null) {
            end(second);
        }
        for (String file : new String[] {"first", "errors", "second"}) {
            Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
    }

    /** The function hands Maven the local repository of the build that runs this test, and changes nothing else. */
    private ProcessBuilder bash(String commands, Path output) {
        String repository = System.getProperty("localRepository", "");
        String maven =
                repository.isEmpty() ? "" : "mvn() { command mvn \"-Dmaven.repo.local=$LOCAL_REPOSITORY\" \"$@\"; }\n";
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", maven + here(commands));
        bash.environment().putAll(environment);
        bash.environment().put("LOCAL_REPOSITORY", repository);
        return bash.redirectOutput(output.toFile());
    }

    private String here(String text) {
        String here = text;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            here = here.replace(port.getKey(), port.getValue());
        }
        return here;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Could not read what a command has printed", e);
        }
    }
}
