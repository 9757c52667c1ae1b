package app.realtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the conformance server as a child JVM on a free port, as {@code mvn -Pconformance} does in Maven's. */
class ConformanceServerIT {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final int port = Ports.free(1)[0];

    @Test
    void saysWhereItIsAndEndsWhenAskedTo() {
        ChildProcess server = start(Integer.toString(port));
        try {
            Await.until(
                    "Starting the conformance server",
                    START,
                    () -> server.logText().contains("Ready: http://127.0.0.1:" + port + "/engine.io/"),
                    server::isAlive,
                    server::report);
        } finally {
            server.stop(STOP);
        }
        assertThat(Ports.isTaken(port)).isFalse();
        assertThat(server.logText()).doesNotContain("by itself", "[ERROR");
    }

    @Test
    void namesAPortThatIsTakenOrNone() throws Exception {
        try (ServerSocket taken = new ServerSocket(port)) {
            assertRefuses(Integer.toString(taken.getLocalPort()), "Port " + port + " is taken");
        }
        assertRefuses("many", "-Dport is \"many\"");
    }

    private static void assertRefuses(String port, String message) throws Exception {
        ChildProcess server = start(port);
        assertThat(server.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(server.report()).contains(message);
    }

    private static ChildProcess start(String port) {
        Path directory = Build.freshDirectory("run-conformance-" + port);
        List<String> command = new ArrayList<>(JavaCommand.QUICK);
        for (String property : List.of("server.install", "run.directory")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-Dport=" + port);
        command.addAll(List.of("-cp", classPath(), "app.realtime.conformance.ConformanceServer"));
        return ChildProcess.java(
                "The conformance server", command, Map.of(), directory, directory.resolve("out.log"), line -> {}, STOP);
    }

    /** Surefire may hide the class path in a jar of its own; this property has it in full. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
