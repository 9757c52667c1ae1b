package app.realtime.browser;

import app.realtime.run.Prerequisite;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser of the tests: Chromium or Chrome as the system has it. Playwright would fetch one of its own, but from a
 * host that closed networks do not reach.
 */
final class Chromium {

    private static final String VARIABLE = "CHROMIUM_PATH";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** It is to say nothing to anybody but the pages' own servers. */
    private static final List<String> QUIET = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private Chromium() {}

    /** Goes on only where there is one: elsewhere the test is skipped, or fails ({@link Prerequisite}). */
    static void require() {
        Prerequisite.require("Not tested in a browser", obstacle(System.getenv()));
    }

    /**
     * Why there is no browser; empty if there is one.
     *
     * @throws IllegalStateException if the environment names one that is not there
     */
    static Optional<String> obstacle(Map<String, String> environment) {
        return find(environment).isPresent()
                ? Optional.empty()
                : Optional.of("there is none of " + String.join(", ", NAMES)
                        + " on the PATH. Install Chromium (Debian: apt-get install chromium), or set " + VARIABLE
                        + " to a Chromium or Chrome.");
    }

    /** @param hosts see {@link Hosts} */
    static LaunchOptions options(String hosts) {
        Path executable = find(System.getenv()).orElseThrow();
        return new LaunchOptions()
                .setExecutablePath(executable)
                // Chromium refuses to run in its sandbox as root.
                .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                .setArgs(Stream.concat(QUIET.stream(), Stream.of("--host-resolver-rules=" + hosts))
                        .toList());
    }

    private static Optional<Path> find(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            Path path = Path.of(named);
            if (!isProgram(path)) {
                throw new IllegalStateException(
                        VARIABLE + " is " + named + ", which is no program. Set it to the path of"
                                + " a Chromium or Chrome, or not at all to look for one on the PATH.");
            }
            return Optional.of(path);
        }
        List<String> directories = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
        return NAMES.stream()
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Chromium::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
