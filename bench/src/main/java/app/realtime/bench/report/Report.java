package app.realtime.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes page, charts and raw figures. */
public final class Report {

    /** What is in the file of raw figures. */
    private record Raw(Machine machine, String settings, List<Figure> figures, List<String> failures) {}

    private final Results results;
    private final Machine machine;
    private final String settings;

    /** @param settings the load, in words */
    public Report(Results results, Machine machine, String settings) {
        this.results = results;
        this.machine = machine;
        this.settings = settings;
    }

    /** {@code benchmarks.md} in that folder, everything else in {@code benchmarks} beside it. */
    public void write(Path folder) throws IOException {
        Path beside = Files.createDirectories(folder.resolve("benchmarks"));
        Path remarks = beside.resolve("remarks.md");
        Optional<String> written = Files.exists(remarks) ? Optional.of(Files.readString(remarks)) : Optional.empty();
        Files.writeString(folder.resolve("benchmarks.md"), new Page(results).markdown(machine, settings, written));
        List<Row> rows = Rows.of(results);
        for (Charts chart : Charts.values()) {
            List<Row> drawn = chart.rows(rows);
            if (!drawn.isEmpty()) {
                Files.writeString(beside.resolve(chart.file()), new Chart(results).svg(chart.title(), drawn));
            }
        }
        Raw raw = new Raw(machine, settings, results.figures(), results.failures());
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(beside.resolve("figures.json"), json.writeValueAsString(raw) + "\n");
        Files.writeString(beside.resolve("figures.csv"), csv());
    }

    private String csv() {
        return results.figures().stream()
                .map(figure -> String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%d,%.4f%n",
                        figure.part(),
                        figure.metric(),
                        figure.server(),
                        figure.round(),
                        figure.value()))
                .collect(Collectors.joining("", "part,metric,server,round,value\n", ""));
    }
}
