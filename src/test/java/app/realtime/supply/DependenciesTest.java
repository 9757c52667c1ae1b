package app.realtime.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of dependencies in docs/supply-chain.md, as far as the build's own plugins do not hold it. */
class DependenciesTest {

    private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "ISC", "BSD-3-Clause");

    /** The project itself, and a part for Node.js alone, whose manifest names its licence (MIT) in a form of old. */
    private static final Set<String> NOT_FOR_BROWSERS = Set.of("", "node_modules/xmlhttprequest-ssl");

    private static final Pattern EXACT = Pattern.compile("(?:npm:[a-z.-]+@)?[0-9]+\\.[0-9]+\\.[0-9]+");

    @Test
    void versionsAreInOnePlace() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String afterProperties = pom.substring(pom.indexOf("</properties>"));

        assertThat(Pattern.compile("<version>([^<]*)</version>")
                        .matcher(afterProperties)
                        .results())
                .extracting((MatchResult version) -> version.group(1))
                .isNotEmpty()
                // The ranges are of the tools that build, not of what is built.
                .allMatch(version -> version.matches("\\$\\{[a-z0-9.-]+}|\\[[0-9.]+,\\)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/web", "src/main/web/client", "src/test/js"})
    void packagesOfNpmHaveExactVersions(String folder) throws IOException {
        JsonNode manifest = json(folder + "/package.json");
        Map<String, String> versions = new TreeMap<>();
        for (String kind : List.of("dependencies", "devDependencies")) {
            manifest.path(kind)
                    .propertyStream()
                    .forEach(entry ->
                            versions.put(entry.getKey(), entry.getValue().asString()));
        }

        assertThat(versions).isNotEmpty();
        assertThat(versions.values()).allMatch(version -> EXACT.matcher(version).matches());
        assertThat(versions.get("socket.io-client"))
                .as("the same client for pages, package and tests")
                .isEqualTo(json("src/main/web/package.json")
                        .path("dependencies")
                        .path("socket.io-client")
                        .asString());
    }

    @Test
    void whatBrowsersGetMayBeShipped() throws IOException {
        Stream<Map.Entry<String, JsonNode>> shipped = json("src/main/web/package-lock.json")
                .path("packages")
                .propertyStream()
                .filter(entry -> !NOT_FOR_BROWSERS.contains(entry.getKey())
                        && !entry.getValue().path("dev").asBoolean(false));

        assertThat(shipped)
                .hasSizeGreaterThan(5)
                .allSatisfy(entry -> assertThat(LICENCES)
                        .as(entry.getKey())
                        .contains(entry.getValue().path("license").asString("none")));
    }

    private static JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of(file)));
    }
}
