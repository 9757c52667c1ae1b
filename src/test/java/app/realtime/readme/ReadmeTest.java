package app.realtime.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README.md says that can be held to other files without running anything. */
class ReadmeTest {

    private static final Set<String> LANGUAGES = Set.of(Readme.COMMANDS, "text", "json", "html", "javascript");

    private final Readme readme = Readme.read();

    @Test
    void namesEveryVariableWithItsDefault() throws IOException {
        List<String> example = Pattern.compile("(?m)^(?:# )?([A-Z_]+=.*)$")
                .matcher(Files.readString(Path.of(".env.example")))
                .results()
                .map(entry -> entry.group(1))
                .toList();

        assertThat(readme.variables()).containsExactlyInAnyOrderElementsOf(example);
    }

    @Test
    void namesEveryMetricOfTheCode() throws IOException {
        Set<String> named = names(readme.text());
        Set<String> ofTheCode =
                names(source("ops/MetricsRecorder.java") + source("ops/Gauges.java") + source("ops/KafkaMetrics.java"));

        assertThat(named.stream()
                        .map(name -> name.replaceFirst("_(total|seconds)$", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(ofTheCode);
    }

    @Test
    void marksItsCommandsAsSuch() {
        assertThat(readme.blocks()).extracting(Readme.Block::language).isSubsetOf(LANGUAGES);
    }

    @Test
    void linksToWhatIsThere() {
        Stream<Path> linked = Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(readme.text())
                .results()
                .map((MatchResult link) -> Path.of(link.group(1)));

        assertThat(linked).allSatisfy(path -> assertThat(path).exists());
    }

    private static String source(String file) throws IOException {
        return Files.readString(Path.of("src/main/java/app/realtime", file));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("\\brealtime_[a-z_]+\\b")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
