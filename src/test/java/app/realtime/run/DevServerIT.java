package app.realtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the development server as a child JVM on free ports, as {@code mvn -Pdev} does in Maven's. */
class DevServerIT {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final int[] ports = Ports.free(3);

    @Test
    void saysOnceThatItIsReadyAndEndsAllWhenAskedTo() throws Exception {
        ChildProcess dev = start();
        try {
            awaitReady(dev);
            assertThat(dev.logText())
                    .containsOnlyOnce("Ready: http://localhost:" + ports[0] + ", management http://localhost:"
                            + ports[1] + ", Kafka localhost:" + ports[2]);
            assertThat(BrokerAdmin.topics("localhost:" + ports[2]))
                    .contains("survey.responses", "survey.analytics", "surveyor.locations", "system.notifications");
        } finally {
            dev.stop(STOP);
        }
        Await.until(
                "Freeing the ports",
                Duration.ofSeconds(10),
                () -> takenPorts().isEmpty(),
                () -> true,
                () -> "taken: " + takenPorts());
        assertThat(dev.logText()).doesNotContain("by itself");
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        ChildProcess dev = start();
        awaitReady(dev);
        dev.kill();
        Await.until("Ending the children", STOP, () -> takenPorts().isEmpty(), () -> true, dev::report);
    }

    @Test
    void namesAPortThatIsTakenAndStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports[0])) {
            ChildProcess dev = start();
            assertThat(dev.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(dev.report()).contains("Port " + taken.getLocalPort() + " (PORT) is taken");
            assertThat(dev.logText()).doesNotContain("Starting Kafka");
        }
    }

    @Test
    void namesASettingThatIsNoPort() throws Exception {
        ChildProcess dev = start(Map.of("MANAGEMENT_PORT", "many"));
        assertThat(dev.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(dev.report()).contains("MANAGEMENT_PORT is \"many\"");
    }

    private void awaitReady(ChildProcess dev) {
        Await.until(
                "Starting the development server",
                START,
                () -> dev.logText().contains("Ready: "),
                dev::isAlive,
                dev::report);
    }

    private ChildProcess start() {
        return start(Map.of("PORT", Integer.toString(ports[0]), "MANAGEMENT_PORT", Integer.toString(ports[1])));
    }

    private ChildProcess start(Map<String, String> environment) {
        Path directory = Build.freshDirectory("dev-" + ports[0]);
        List<String> command = new ArrayList<>(JavaCommand.QUICK);
        for (String property : List.of("server.name", "server.install", "broker.classpath.file", "run.directory")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-D" + DevSettings.BROKER_PORT_PROPERTY + "=" + ports[2]);
        command.addAll(List.of("-cp", classPath(), DevServer.class.getName()));
        return ChildProcess.java(
                "The development server", command, environment, directory, directory.resolve("out.log"), x -> {}, STOP);
    }

    /** Surefire may hide the class path in a jar of its own; this property has it in full. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private List<Integer> takenPorts() {
        return Arrays.stream(ports).filter(Ports::isTaken).boxed().toList();
    }
}
