package app.realtime.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The variables of {@code .env.example}, each with its default. */
final class EnvironmentExample {

    private EnvironmentExample() {}

    static Map<String, String> read() {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            Pattern.compile("(?m)^(?:# )?([A-Z_]+)=(.*)$")
                    .matcher(Files.readString(Path.of(".env.example")))
                    .results()
                    .forEach(entry -> variables.put(entry.group(1), entry.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read .env.example", e);
        }
        return variables;
    }
}
