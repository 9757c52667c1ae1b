package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.deployment.Dockerfile.Instruction;
import app.realtime.deployment.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Dockerfile promises that can be seen without building it. */
class DockerfileTest {

    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|password|passwd|token|api_?key|credential).*");

    private final Dockerfile dockerfile = Dockerfile.read();

    @Test
    void pinsEveryImageByItsVersion() {
        List<String> images = dockerfile.stages().stream().map(Stage::image).toList();

        assertThat(images).hasSizeGreaterThan(2).allMatch(image -> image.matches("[a-z./-]+:[0-9]+\\.[0-9]+\\.[^$]+"));
        assertThat(dockerfile.image().image())
                .as("what the work area is made with is what the service runs with")
                .isEqualTo(dockerfile.stage("server").image())
                .matches(".*:(2[1-9]|[3-9][0-9])\\..*-jre-.*");
    }

    @Test
    void copiesWhatIsThere() throws IOException {
        List<String> allowed = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> sources = copies().filter(copy -> copy.flag("from").isEmpty())
                .flatMap(copy -> copy.words().subList(0, copy.words().size() - 1).stream())
                .toList();

        assertThat(sources).contains("pom.xml", "src/main", "liberty").allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(allowed)
                    .as(".dockerignore")
                    .anyMatch(entry -> Path.of(source).startsWith(entry));
        });
    }

    @Test
    void copiesFromStagesWhatIsMadeThere() {
        List<String> names = dockerfile.stages().stream().map(Stage::name).toList();

        assertThat(copies().flatMap(copy -> copy.flag("from").stream()))
                .isNotEmpty()
                .isSubsetOf(names);
        Instruction server = dockerfile.stage("server").all("COPY").get(0);
        assertThat(server.words().get(0))
                .as("the archive that liberty:package@image makes")
                .isEqualTo("/build/target/image/websocket-service.tar.gz");
        assertThat(mavenCommand()).contains(" package liberty:package@image");
    }

    @Test
    void hasNoSecretInItsLayers() {
        Stream<String> variables = dockerfile.stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(instruction -> List.of("ARG", "ENV").contains(instruction.name()))
                .flatMap(instruction -> instruction.words().stream())
                .map(word -> word.split("=")[0]);

        assertThat(variables)
                .isNotEmpty()
                .noneMatch(name -> SECRET.matcher(name).matches());
        assertThat(dockerfile.stages().stream().flatMap(stage -> stage.all("ADD").stream()))
                .isEmpty();
    }

    @Test
    void runsAsAnyUserOfGroupZero() {
        assertThat(dockerfile.image().the("USER").arguments()).matches("[1-9][0-9]*:0");
        assertThat(dockerfile.image().all("RUN"))
                .anySatisfy(run -> assertThat(run.arguments())
                        .contains("mkdir /output", "chown 1001:0 /output", "chmod 775 /output"));
    }

    @Test
    void saysHowItIs() {
        assertThat(dockerfile.image().the("EXPOSE").words()).containsExactly("3002", "9080");
        assertThat(dockerfile.image().the("HEALTHCHECK").arguments())
                .endsWith("[\"/opt/websocket-service/bin/healthcheck\"]");
        assertThat(dockerfile.image().the("ENTRYPOINT").arguments())
                .isEqualTo("[\"/opt/websocket-service/bin/start\"]");
        assertThat(dockerfile.image().the("LABEL").arguments())
                .contains("image.title=", "image.description=", "image.licenses=", "image.version=", "image.revision=")
                .contains("image.base.name=\"docker.io/library/"
                        + dockerfile.image().image() + "\"");
    }

    @Test
    void setsWhatLibertyNeeds() {
        Map<String, String> environment = dockerfile.image().the("ENV").words().stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));

        assertThat(environment)
                .containsEntry("WLP_OUTPUT_DIR", "/output")
                .containsEntry("MP_HEALTH_DEFAULT_READINESS_EMPTY_RESPONSE", "DOWN");
    }

    @Test
    void hasScriptsThatCanBeRun() {
        assertThat(Stream.of("start", "warm", "healthcheck").map(name -> Path.of("docker", name)))
                .allMatch(Files::isExecutable);
    }

    private String mavenCommand() {
        return dockerfile.stage("build").all("RUN").stream()
                .map(Instruction::arguments)
                .filter(command -> command.startsWith("mvn "))
                .findFirst()
                .orElseThrow();
    }

    private Stream<Instruction> copies() {
        return dockerfile.stages().stream().flatMap(stage -> stage.all("COPY").stream());
    }
}
