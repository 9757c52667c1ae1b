package app.realtime.bench.part;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files and connections a process may have open: this one's limit, which those that it starts have as well. */
final class FileDescriptors {

    private static final String LINE = "Max open files";

    private FileDescriptors() {}

    static long limit() {
        try {
            String limits = Files.readString(Path.of("/proc/self/limits"));
            String line = limits.lines()
                    .filter(each -> each.startsWith(LINE))
                    .findFirst()
                    .orElseThrow();
            String soft = line.substring(LINE.length()).strip().split(" ")[0];
            return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        } catch (IOException e) {
            throw new UncheckedIOException("The limits of this process cannot be read", e);
        }
    }
}
