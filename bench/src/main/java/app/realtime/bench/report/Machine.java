package app.realtime.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where a run took place.
 *
 * @param processor its name, as the kernel tells it
 * @param java the version that the service ran on
 * @param node the version of Node.js
 * @param commit the product's commit
 */
public record Machine(
        LocalDate date, String processor, int cores, String kernel, String java, String node, String commit) {

    public static Machine here(Path serviceJava) throws IOException {
        String processor = Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                processor,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + ' ' + System.getProperty("os.version"),
                version(serviceJava.resolve("bin/java").toString(), "--version"),
                version("node", "--version"),
                version("git", "rev-parse", "--short", "HEAD"));
    }

    private static String version(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("unknown").strip();
    }
}
