package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values, their schema, and the pages about them say the same. */
class ChartDocumentationTest {

    private final Map<String, Object> values = Yaml.file(Chart.DIRECTORY.resolve("values.yaml"));
    private final JsonNode schema = JsonMapper.shared().readTree(Chart.file("values.schema.json"));

    @Test
    void explainsEveryValueInItsComment() {
        List<String> lines = Chart.file("values.yaml").lines().toList();
        List<String> unexplained = new ArrayList<>();
        Pattern entry = Pattern.compile("^( *)([A-Za-z_]+):(.*)$");
        int explainedFrom = -1;
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = entry.matcher(lines.get(i));
            if (!matcher.matches()) {
                continue;
            }
            int indent = matcher.group(1).length();
            boolean insideExplained = explainedFrom >= 0 && indent > explainedFrom;
            if (insideExplained) {
                continue;
            }
            boolean explained = i > 0 && lines.get(i - 1).strip().startsWith("# -- ");
            explainedFrom = explained ? indent : -1;
            if (!explained && !matcher.group(3).isBlank()) {
                unexplained.add(lines.get(i));
            }
        }

        assertThat(unexplained).isEmpty();
    }

    @Test
    void hasASchemaForEveryValueWithTheSameWords() {
        String text = Chart.file("values.yaml");
        List<String> descriptions = Pattern.compile("(?m)^ *# -- (.*)$")
                .matcher(text)
                .results()
                .map(comment -> comment.group(1))
                .toList();

        assertThat(missing(values, schema, "")).as("values without a schema").isEmpty();
        assertThat(schema.findValuesAsString("description")).containsAll(descriptions);
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void isOfTheVersionOfTheService() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        String expected = version.group(1);

        assertThat(Yaml.file(Chart.DIRECTORY.resolve("Chart.yaml"))).containsEntry("appVersion", expected);
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("ARG VERSION=" + expected + "\n");
        assertThat(Files.readString(Path.of("compose.yaml"))).contains("image: websocket-service:" + expected + "\n");
        assertThat(Chart.file("examples/open-liberty-application.yaml")).contains("websocket-service:" + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/kubernetes.md", "helm/websocket-service/README.md"})
    void namesValuesThatThereAre(String page) throws IOException {
        List<String> named = Pattern.compile("`([a-z][A-Za-z]+(?:\\.[A-Za-z_]+)+)(?:=[^`]*)?`")
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map(code -> code.group(1))
                .filter(name -> !name.matches(".*\\.(yaml|json|md|io|example|java)$"))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(isThere(name)).as(name).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/kubernetes.md", "helm/websocket-service/README.md"})
    void linksToWhatIsThere(String page) throws IOException {
        Path file = Path.of(page);
        List<Path> linked = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)")
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult link) -> file.resolveSibling(link.group(1)))
                .collect(Collectors.toList());

        assertThat(linked).isNotEmpty().allSatisfy(path -> assertThat(path).exists());
    }

    private boolean isThere(String name) {
        Map<String, Object> at = values;
        String[] keys = name.split("\\.");
        for (int i = 0; i < keys.length - 1; i++) {
            at = Yaml.map(at, keys[i]);
        }
        return at.containsKey(keys[keys.length - 1]);
    }

    @SuppressWarnings("unchecked")
    private static List<String> missing(Map<String, Object> values, JsonNode schema, String path) {
        List<String> missing = new ArrayList<>();
        values.forEach((key, value) -> {
            JsonNode property = schema.path("properties").path(key);
            if (property.isMissingNode()) {
                missing.add(path + key);
            } else if (value instanceof Map<?, ?> map && property.has("properties")) {
                missing.addAll(missing((Map<String, Object>) map, property, path + key + "."));
            }
        });
        return missing;
    }
}
