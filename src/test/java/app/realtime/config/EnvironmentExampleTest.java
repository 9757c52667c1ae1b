package app.realtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code .env.example} to the variables of the code. */
class EnvironmentExampleTest {

    private static final Pattern ENTRY = Pattern.compile("(?m)^(?:# )?([A-Z_]+)=(.*)$");

    @Test
    void namesEveryVariableWithItsDefault() throws IOException {
        Map<String, String> expected =
                Arrays.stream(Variable.values()).collect(Collectors.toMap(Variable::name, Variable::defaultValue));

        assertThat(example()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void isAValidConfigurationThatChangesNothing() throws IOException {
        Map<String, String> example = example();
        Configuration configured = Configuration.read(name -> Optional.ofNullable(example.get(name)));

        KafkaSettings defaults = Configuration.read(name -> Optional.empty()).kafka();
        assertThat(configured.kafka())
                .usingRecursiveComparison()
                .ignoringFields("routes")
                .isEqualTo(defaults);
        assertThat(configured.kafka().routes().topics())
                .isEqualTo(defaults.routes().topics());
        assertThat(configured.warnings()).hasSize(2);
    }

    @Test
    void explainsEveryEntry() throws IOException {
        String[] groups = Files.readString(Path.of(".env.example")).split("\n\n");

        assertThat(groups).allSatisfy(group -> assertThat(group).startsWith("# "));
    }

    private static Map<String, String> example() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        Matcher matcher = ENTRY.matcher(Files.readString(Path.of(".env.example")));
        while (matcher.find()) {
            assertThat(entries.put(matcher.group(1), matcher.group(2)))
                    .as(matcher.group(1) + " twice")
                    .isNull();
        }
        return entries;
    }
}
