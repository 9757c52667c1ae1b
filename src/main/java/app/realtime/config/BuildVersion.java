package app.realtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads which version was built, from a resource that the build fills in. */
final class BuildVersion {

    private static final String UNFILLED = "development";

    private BuildVersion() {}

    /** The version, or {@code development} where no build has filled it in, as in an IDE. */
    static String read() {
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            String version = properties.getProperty("version", UNFILLED);
            return version.startsWith("$") ? UNFILLED : version;
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
    }
}
