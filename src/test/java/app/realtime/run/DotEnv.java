package app.realtime.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a developer: the environment, and what the file {@code .env} adds to it. */
final class DotEnv {

    private DotEnv() {}

    /**
     * The environment, and those variables of the file that it does not have. The file has lines of
     * {@code NAME=value}; a value may be in single or double quotes; lines that begin with # say nothing.
     *
     * @param file need not exist
     */
    static Map<String, String> read(Path file, Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    add(line.strip(), file + ", line " + number, settings);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Could not read " + file, e);
            }
        }
        settings.putAll(environment);
        return settings;
    }

    private static void add(String line, String where, Map<String, String> settings) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        String name = equals < 0
                ? ""
                : line.substring(0, equals).replaceFirst("^export\\s+", "").strip();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            throw new IllegalArgumentException(where + " is not NAME=value");
        }
        settings.put(name, value(line.substring(equals + 1).strip()));
    }

    private static String value(String text) {
        if (text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
            int end = text.indexOf(text.charAt(0), 1);
            if (end > 0) {
                return text.substring(1, end);
            }
        }
        return text.replaceFirst("\\s+#.*$", "");
    }
}
