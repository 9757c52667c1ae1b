package app.realtime.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a process has, where the operating system tells. */
final class Resident {

    private Resident() {}

    /** 0 where there is no {@code /proc}. */
    static long kilobytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findAny()
                .orElse(0);
    }
}
