package app.realtime.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java in docs/socketio-api.md is code that runs in the tests. */
class SocketIoApiPageTest {

    private static final String EXAMPLES = source("example/SocketIoApiExamplesTest.java");

    private final List<String> blocks = matches("(?ms)^```java\\n(.*?)^```$", read(Path.of("docs/socketio-api.md")))
            .toList();

    @Test
    void showsWhatRuns() {
        List<String> sources = Stream.of(
                        EXAMPLES,
                        source("container/GuestNamespace.java"),
                        source("conformance/application/ConformanceApplication.java"))
                .map(SocketIoApiPageTest::withoutIndentation)
                .toList();

        assertThat(blocks)
                .hasSizeGreaterThan(10)
                .allSatisfy(block -> assertThat(sources)
                        .anySatisfy(source -> assertThat(source).contains(withoutIndentation(block))));
    }

    @Test
    void leavesOutNoExample() {
        assertThat(matches("(?ms)^ *// example\\n(.*?)^ *// end$", EXAMPLES)
                        .map(SocketIoApiPageTest::withoutIndentation))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(blocks.stream().map(SocketIoApiPageTest::withoutIndentation))
                        .contains(example));
    }

    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String withoutIndentation(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    private static String source(String file) {
        return read(Path.of("src/test/java/app/realtime", file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
