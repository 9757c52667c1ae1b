package app.realtime.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as maps and lists. A key that is there twice is an error. */
final class Yaml {

    private Yaml() {}

    /** Every document of the text, but empty ones. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> all(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : loader().loadAllFromString(text)) {
            if (document != null) {
                documents.add((Map<String, Object>) document);
            }
        }
        return documents;
    }

    static Map<String, Object> file(Path file) {
        try {
            return all(Files.readString(file)).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    /** What is under these keys, one within the other; an empty map where there is nothing. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> map, String... keys) {
        Map<String, Object> found = map;
        for (String key : keys) {
            found = (Map<String, Object>) found.getOrDefault(key, Map.of());
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static <T> List<T> list(Map<String, Object> map, String key) {
        return (List<T>) map.getOrDefault(key, List.of());
    }

    private static Load loader() {
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
    }
}
