package app.realtime.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What became of the records of each failure, for people. Owned by the tests' thread. */
final class Report {

    /**
     * One failure.
     *
     * @param lost produced and neither delivered nor a dead letter
     */
    record Row(String failure, int produced, int delivered, int deadLettered, int duplicated, int lost, String remark) {

        @Override
        public String toString() {
            return "%-52s %9d %9d %8d %8d %6d  %s"
                    .formatted(failure, produced, delivered, deadLettered, duplicated, lost, remark);
        }
    }

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
        System.out.println(row);
    }

    /** Writes the whole to the console, and to target/chaos.txt. */
    void print() {
        StringBuilder table = new StringBuilder(
                "%n%-52s %9s %9s %8s %8s %6s%n".formatted("failure", "produced", "delivered", "dead", "again", "lost"));
        rows.forEach(row -> table.append(row).append('\n'));
        System.out.println(table);
        try {
            Files.writeString(Path.of("target", "chaos.txt"), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
