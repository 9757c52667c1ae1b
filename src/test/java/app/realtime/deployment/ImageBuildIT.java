package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.deployment.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile's Maven command makes the same server, out of nothing but what the Dockerfile copies. */
class ImageBuildIT {

    private static final Path MADE_HERE =
            Path.of(System.getProperty("image.directory", "target/image")).resolve("websocket-service.tar.gz");

    @Test
    void buildsTheSameServerFromWhatItCopies(@TempDir Path directory) throws Exception {
        Path maven = Path.of(System.getProperty("maven.home", ""), "bin", "mvn");
        Requirement.of(Files.isExecutable(maven), "there is no " + maven);
        Path build = Files.createDirectory(directory.resolve("build"));
        for (Instruction copy : Dockerfile.read().stage("build").all("COPY")) {
            if (copy.flag("from").isEmpty()) {
                Path source = Path.of(copy.words().get(0));
                ImageFiles.copyTree(source, build.resolve(source));
            }
        }
        // What npm has fetched for this build, so that it need not fetch it again.
        ImageFiles.copyTree(Path.of(System.getProperty("web.directory", "target/web")), build.resolve("target/web"));

        run(build, maven + arguments() + " -o -q -Dmaven.repo.local=" + System.getProperty("local.repository"));

        assertThat(Dockerfile.read().image().all("COPY").stream()
                        .filter(copy -> copy.flag("from").equals(Optional.of("build")))
                        .flatMap(copy -> copy.words().subList(0, copy.words().size() - 1).stream()))
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(directory.resolve(source.substring(1))).exists());
        Map<String, String> expected = unpacked(MADE_HERE, directory.resolve("here"));
        Map<String, String> actual =
                unpacked(build.resolve("target/image/websocket-service.tar.gz"), directory.resolve("there"));
        assertThat(expected).containsKeys("wlp/bin/server", "wlp/usr/servers/websocket-service/server.xml");
        Set<String> different = new TreeSet<>(expected.keySet());
        different.addAll(actual.keySet());
        different.removeIf(file -> Objects.equals(expected.get(file), actual.get(file)));
        assertThat(different).isEmpty();
    }

    private static String arguments() {
        return Dockerfile.read().stage("build").all("RUN").stream()
                .map(Instruction::arguments)
                .filter(command -> command.startsWith("mvn "))
                .map(command -> command.substring("mvn".length()))
                .findFirst()
                .orElseThrow();
    }

    /** The digest of each file, but of the one in which Liberty notes the time. */
    private static Map<String, String> unpacked(Path archive, Path directory) throws Exception {
        run(Files.createDirectory(directory), "tar -xzf " + archive.toAbsolutePath());
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(
                        directory.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        digests.keySet().removeIf(file -> file.equals("out.log") || file.startsWith("wlp/lib/versions/package_"));
        return digests;
    }

    private static void run(Path directory, String command) throws IOException, InterruptedException {
        Path log = directory.resolve("out.log");
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command).isTrue();
            assertThat(process.exitValue())
                    .as(command + "\n" + Files.readString(log))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
