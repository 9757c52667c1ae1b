package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.realtime.run.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The files of the image, made by the Dockerfile's own instructions out of the packaged server, and run as a container with a
 * read-only root file system runs them. What is missing is the engine, and the JRE of the base image: here it is this JVM's.
 */
class ImageIT {

    private static final String HOME = "/opt/websocket-service";
    private static final String START = HOME + "/bin/start";
    private static final String HEALTHCHECK = HOME + "/bin/healthcheck";

    private static Path root;
    private static ImageFiles image;

    @BeforeAll
    static void makeTheImage() throws Exception {
        Requirement.of(
                Files.isExecutable(Path.of("/bin/bash"))
                        && Files.getFileStore(Path.of(".")).supportsFileAttributeView("posix"),
                "the image's scripts need Bash");
        root = Files.createTempDirectory("image");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, Path> stages =
                Map.of("/build/target/image/", Path.of(System.getProperty("image.directory", "target/image")));
        image = ImageFiles.make(Dockerfile.read().stage("server"), root, stages, environment());
        if (!ContainerProcess.canBeAnotherUser()) {
            takeAwayWritePermission(image.path(HOME));
        }
    }

    @AfterAll
    static void deleteTheImage() throws IOException {
        if (root != null) {
            ImageFiles.delete(root);
        }
    }

    @Test
    void startsOnAReadOnlyTreeAndEndsBySigterm() throws Exception {
        Path writable = writable("run");
        Map<String, String> environment = environment(writable);
        int port = Integer.parseInt(environment.get("PORT"));
        int management = Integer.parseInt(environment.get("MANAGEMENT_PORT"));
        Map<Path, FileTime> before = snapshot(image.path(HOME));
        FileTime launch = FileTime.from(java.time.Instant.now());

        assertThat(healthcheck(environment, writable)).as("before the start").isNotZero();
        try (ContainerProcess service = ContainerProcess.start(
                writable.resolve("log"),
                environment,
                writable,
                image.path(START).toString())) {
            Awaitility.await("ready").atMost(Duration.ofSeconds(120)).until(() -> {
                assertThat(service.isAlive()).as(service::log).isTrue();
                return healthcheck(environment, writable) == 0;
            });

            assertThat(ContainerProcess.get(port, "/health").body()).contains("\"status\":\"healthy\"");
            assertThat(ContainerProcess.get(management, "/metrics").body()).contains(Metrics.OF_LIBERTY);
            assertThat(snapshot(image.path(HOME)))
                    .as("nothing is written there")
                    .isEqualTo(before);
            assertThat(snapshot(writable.resolve("output/websocket-service/workarea"))
                            .values())
                    .as("the work area is the image's")
                    .anyMatch(time -> time.compareTo(launch) < 0);

            service.terminate();
            assertThat(service.exitCode(Duration.ofSeconds(60))).isEqualTo(128 + 15);
            assertThat(service.log()).contains("CWWKE0036I");
        }
    }

    @Test
    void endsWithItsOwnCodeOnAWrongConfiguration() throws Exception {
        Path writable = writable("wrong");
        Map<String, String> environment = environment(writable);
        environment.put("APP_ENV", "production");

        int code = ContainerProcess.run(
                writable.resolve("log"),
                environment,
                writable,
                image.path(START).toString());

        assertThat(code).isEqualTo(78);
        assertThat(Files.readString(writable.resolve("log"))).contains("JWT_SECRET");
    }

    @Test
    void belongsToAnotherUserWhoCanReadItAndNoMore() throws Exception {
        assumeTrue(
                ContainerProcess.canBeAnotherUser(),
                "Not tested as another user: only root can become one. The other tests had a tree without write permission");
        Path writable = writable("other");
        String home = image.path(HOME).toString();

        assertThat(ContainerProcess.run(
                        writable.resolve("log"), Map.of(), writable, "test", "-r", home + "/wlp/usr/servers"))
                .isZero();
        assertThat(ContainerProcess.run(
                        writable.resolve("log"),
                        Map.of(),
                        writable,
                        "find",
                        home,
                        "!",
                        "-readable",
                        "-exec",
                        "false",
                        "{}",
                        "+"))
                .as("everything can be read")
                .isZero();
        assertThat(ContainerProcess.run(
                        writable.resolve("log"),
                        Map.of(),
                        writable,
                        "find",
                        home,
                        "-writable",
                        "!",
                        "-type",
                        "l",
                        "-exec",
                        "false",
                        "{}",
                        "+"))
                .as("nothing can be written")
                .isZero();
    }

    private static int healthcheck(Map<String, String> environment, Path writable)
            throws IOException, InterruptedException {
        return ContainerProcess.run(
                writable.resolve("check"),
                environment,
                writable,
                image.path(HEALTHCHECK).toString());
    }

    /** The user's own directory, with what a container has as volumes. */
    private static Path writable(String name) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        for (Path each : new Path[] {
            directory,
            Files.createDirectory(directory.resolve("output")),
            Files.createDirectory(directory.resolve("tmp"))
        }) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        return directory;
    }

    private static Map<String, String> environment(Path writable) {
        Map<String, String> environment = environment();
        Dockerfile.read().image().the("ENV").words().forEach(word -> {
            String[] parts = word.split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        environment.put("WLP_OUTPUT_DIR", writable.resolve("output").toString());
        environment.put("JVM_ARGS", "-Djava.io.tmpdir=" + writable.resolve("tmp"));
        environment.put("KAFKA_BROKERS", "");
        return environment;
    }

    private static Map<String, String> environment() {
        int[] ports = Ports.free(2);
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PORT", Integer.toString(ports[0]));
        environment.put("MANAGEMENT_PORT", Integer.toString(ports[1]));
        return environment;
    }

    private static Map<Path, FileTime> snapshot(Path directory) throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private static void takeAwayWritePermission(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(file));
                permissions.remove(PosixFilePermission.OWNER_WRITE);
                Files.setPosixFilePermissions(file, permissions);
            }
        }
    }
}
