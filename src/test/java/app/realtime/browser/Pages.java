package app.realtime.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The web pages that lie beside the tests. */
final class Pages {

    private Pages() {}

    /** @throws NullPointerException if there is none of that name */
    static String read(String name) {
        try (InputStream file = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
