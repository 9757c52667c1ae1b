package app.realtime.contract;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What must not be in a log. */
public final class ServerLog {

    /** In all three formats: the console's, that of the trace, which LOG_LEVEL=debug writes, and JSON. */
    private static final Pattern TROUBLE = Pattern.compile(
            "\\[ERROR|^\\[[^]]+] [0-9a-f]{8} .{13} [EF] |\\bSEVERE\\b|FFDC|\"loglevel\":\"(SEVERE|ERROR)|\\b[A-Z]{4,5}[0-9]{4}E:");

    /** Liberty's own words on an encoded step out of the root; it writes them with LOG_LEVEL=debug and trace alone. */
    private static final String BAD_ADDRESS = "Non-valid URI [";

    private ServerLog() {}

    /** The lines that tell of an error; there are none on any input that a client, a caller or a record can bring. */
    public static List<String> trouble(String log) {
        return log.lines()
                .filter(line -> TROUBLE.matcher(line).find() && !line.contains(BAD_ADDRESS))
                .toList();
    }

    /** How many of the secrets are found in it, whole; they are not repeated, since this may be logged in turn. */
    public static long leaks(String log, Set<String> secrets) {
        return secrets.stream().filter(log::contains).count();
    }
}
