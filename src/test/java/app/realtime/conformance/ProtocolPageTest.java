package app.realtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the tables in docs/protocol.md against the tests that they name. */
class ProtocolPageTest {

    @ParameterizedTest
    @CsvSource({
        "app.realtime.conformance.EngineIoV3IT, 24",
        "app.realtime.conformance.EngineIoV4IT, 25",
        "app.realtime.conformance.SocketIoV5IT, 32"
    })
    void namesEveryCaseAndItsTest(Class<?> suite, int cases) throws IOException {
        assertThat(tableOf(suite)).hasSize(cases).containsExactlyInAnyOrderElementsOf(casesOf(suite, "", ""));
    }

    /** The rows below the table's head, which names the class. */
    private static List<String> tableOf(Class<?> suite) throws IOException {
        try (Stream<String> page = Files.lines(Path.of("docs/protocol.md"))) {
            return page.dropWhile(line -> !line.endsWith("| `" + suite.getSimpleName() + ".` |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        }
    }

    private static List<String> casesOf(Class<?> group, String names, String path) {
        List<String> rows = new ArrayList<>();
        Stream.of(group.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> rows.add("| " + names + " | "
                        + method.getAnnotation(DisplayName.class).value() + " | `" + path + method.getName() + "` |"));
        for (Class<?> nested : group.getDeclaredClasses()) {
            String name = nested.getAnnotation(DisplayName.class).value();
            rows.addAll(casesOf(
                    nested, names.isEmpty() ? name : names + " › " + name, path + nested.getSimpleName() + "."));
        }
        return rows;
    }
}
