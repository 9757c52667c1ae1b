package app.realtime.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.realtime.readme.Readme.Block;
import app.realtime.run.KafkaBroker;
import app.realtime.run.LibertyServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs every command of README.md, from top to bottom, and compares what it prints with what README.md shows. Only the
 * ports are others.
 */
class ReadmeIT {

    /** Commands that are not run here, and why. */
    private static final Map<String, String> EXEMPT = Map.of(
            "mvn -Pdev", "runs until Ctrl-C; the same broker and server are started here, and DevServerIT runs it",
            "mvn verify", "it is what runs this test",
            "mvn -Pconformance", "runs until Ctrl-C; ConformanceServerIT runs it",
            "mvn verify -Pchaos", "takes minutes; run on its own",
            "npm ci && npm run check", "a part of mvn verify, in a copy of the folder",
            "docker compose up", "needs a container engine; ComposeTest reads the file",
            "mvn package -DskipTests liberty:package@image", "ImageBuildIT runs what the Dockerfile does",
            "mvn package", "a part of mvn verify, which has run it before this test",
            "PORT=4002 mvn -Pdev", "as mvn -Pdev",
            "target/liberty/wlp/bin/server run websocket-service",
                    "runs until Ctrl-C; LibertyServer starts the same server without the script");

    private static final Pattern COMMAND =
            Pattern.compile("(?:[A-Z_]+=\\S+ )*(?:mvn|npm|curl|java|docker|target/liberty/wlp/bin/server)\\b.*");
    private static final List<String> TOOLS = List.of("bash", "curl", "mvn");
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final List<String> TOPICS =
            List.of("survey.responses", "survey.analytics", "surveyor.locations", "system.notifications");

    @Test
    void everyCommandDoesWhatItShows() throws IOException, InterruptedException {
        for (String tool : TOOLS) {
            assumeTrue(isOnPath(tool), "The commands of README.md are not run, because there is no " + tool);
        }
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopics(TOPICS, 1);
            try (LibertyServer server = LibertyServer.builder()
                            .environment("KAFKA_BROKERS", broker.bootstrapServers())
                            .start();
                    Terminals terminals = new Terminals(ports(server, broker), environment(server, broker))) {
                await().atMost(TIME).until(() -> server.logText().contains("Connected to Kafka at"));
                follow(Readme.read().blocks(), terminals);
                open(server, Readme.read().addresses().toList());
            }
        }
    }

    @Test
    void everyCommandWithinTheTextIsRunOrExempt() {
        Readme readme = Readme.read();
        String run = String.join("\n", commands(readme).toList());

        assertThat(readme.inlineCode().filter(code -> COMMAND.matcher(code).matches()))
                .allSatisfy(command -> assertThat(EXEMPT.containsKey(command) || run.contains(command))
                        .as("`%s` is run by this test, or exempt with a reason", command)
                        .isTrue());
    }

    @Test
    void nothingIsExemptThatIsNotThere() {
        assertThat(Readme.read().text()).contains(EXEMPT.keySet());
    }

    private static void follow(List<Block> blocks, Terminals terminals) throws IOException, InterruptedException {
        String printed = "";
        for (Block block : blocks) {
            if (block.language().equals(Readme.COMMANDS)) {
                if (EXEMPT.containsKey(block.text().strip())) {
                    printed = "";
                } else if (block.terminal().isEmpty()) {
                    printed = terminals.run(block.text());
                } else {
                    terminals.start(block.text());
                }
            } else if (!block.terminal().isEmpty()) {
                terminals.awaitOutput(block.text(), TIME);
            } else if (!printed.isEmpty()) {
                assertThat(printed)
                        .as("What README.md shows:%n%s", block.text())
                        .matches(output -> terminals.shows(output, block.text()));
                printed = "";
            }
        }
    }

    /** What a newcomer opens in a browser. */
    private static void open(LibertyServer server, List<String> addresses) throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newHttpClient();
        for (String address : addresses) {
            URI there = URI.create(
                    address.replace(":3002", ":" + server.port()).replace(":9080", ":" + server.managementPort()));
            HttpRequest request = HttpRequest.newBuilder(there)
                    .timeout(Duration.ofSeconds(10))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            assertThat(browser.send(request, BodyHandlers.discarding()).statusCode())
                    .as(address)
                    .isEqualTo(200);
        }
        // With the offer of HTTP/2 that Java's client makes by default.
        HttpRequest root = HttpRequest.newBuilder(server.uri("/"))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> page = browser.send(root, BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).contains("<h1>websocket-service</h1>");
    }

    private static Stream<String> commands(Readme readme) {
        return readme.blocks().stream()
                .filter(block -> block.language().equals(Readme.COMMANDS))
                .map(block -> block.text().strip());
    }

    private static Map<String, String> ports(LibertyServer server, KafkaBroker broker) {
        return Map.of(
                "localhost:3002", "localhost:" + server.port(),
                "localhost:9080", "localhost:" + server.managementPort(),
                "localhost:29092", broker.bootstrapServers());
    }

    /** What a developer has who set other ports. */
    private static Map<String, String> environment(LibertyServer server, KafkaBroker broker) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", String.valueOf(server.port()));
        environment.put("KAFKA_BROKERS", broker.bootstrapServers());
        return environment;
    }

    private static boolean isOnPath(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> new File(directory, tool).canExecute());
    }
}
