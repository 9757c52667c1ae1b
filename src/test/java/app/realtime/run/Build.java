package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the build has made, found by the system properties that pom.xml sets, or else under {@code target}. */
final class Build {

    private Build() {}

    /** The Liberty installation, with the packaged server in it. */
    static Path serverInstall() {
        return path("server.install", "target/liberty/wlp");
    }

    static String serverName() {
        return System.getProperty("server.name", "websocket-service");
    }

    /** A file with the class path of the Kafka broker. */
    static Path brokerClassPath() {
        return path("broker.classpath.file", "target/kafka-broker/classpath");
    }

    /** The tests' JavaScript clients, with what npm has installed for them. */
    static Path javaScriptClients() {
        return path("javascript.directory", "target/javascript-clients");
    }

    /** Where running processes keep their files. */
    static Path runDirectory() {
        return path("run.directory", "target/run");
    }

    /** An empty directory of that name under {@link #runDirectory()}; what was in it is deleted. */
    static Path freshDirectory(String name) {
        Path directory = runDirectory().resolve(name);
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make an empty directory " + directory, e);
        }
    }

    /** A server's files, but what an earlier run of it has logged. */
    static void copyServer(Path source, Path target) {
        Path logs = source.resolve("logs");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(file -> !file.startsWith(logs)).toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy " + source + " to " + target, e);
        }
    }

    private static Path path(String property, String otherwise) {
        return Path.of(System.getProperty(property, otherwise)).toAbsolutePath();
    }
}
