package app.realtime.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is written: the page, the charts, and the raw figures, which this record can be made of again.
 *
 * @param settings the load, in words
 */
public record Report(Machine machine, String settings, Results results) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** What was written to that folder before; empty if nothing was. */
    public static Optional<Report> read(Path folder) throws IOException {
        Path figures = beside(folder).resolve("figures.json");
        return Files.exists(figures)
                ? Optional.of(JSON.readValue(Files.readString(figures), Report.class))
                : Optional.empty();
    }

    /** This one, with those parts of an earlier one that it does not have. */
    public Report with(Report earlier) {
        Set<String> own = results.figures().stream().map(Figure::part).collect(Collectors.toSet());
        List<Figure> all = Stream.concat(
                        results.figures().stream(),
                        earlier.results().figures().stream().filter(figure -> !own.contains(figure.part())))
                .toList();
        return new Report(machine, settings, new Results(all, results.failures()));
    }

    /** {@code benchmarks.md} in that folder, everything else in {@code benchmarks} beside it. */
    public void write(Path folder) throws IOException {
        Path beside = Files.createDirectories(beside(folder));
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
        Files.writeString(beside.resolve("figures.json"), JSON.writeValueAsString(this) + "\n");
        Files.writeString(beside.resolve("figures.csv"), csv());
    }

    private static Path beside(Path folder) {
        return folder.resolve("benchmarks");
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
