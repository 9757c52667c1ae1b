package app.realtime.bench.report;

import java.util.List;
import java.util.Locale;

/** The figures as plain text: for each metric and server the median of the rounds, and the lowest and the highest. */
public final class Summary {

    private final List<Figure> figures;

    public Summary(List<Figure> figures) {
        this.figures = List.copyOf(figures);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        List<String> servers = figures.stream().map(Figure::server).distinct().toList();
        figures.stream()
                .map(figure -> new Figure(figure.part(), figure.metric(), "", 0, 0))
                .distinct()
                .forEach(metric -> line(text, metric, servers));
        return text.toString();
    }

    private void line(StringBuilder text, Figure metric, List<String> servers) {
        text.append(String.format(Locale.ROOT, "%-18s %-14s", metric.part(), metric.metric()));
        for (String server : servers) {
            Spread spread = Spread.of(figures, metric.part(), metric.metric(), server);
            text.append(String.format(
                    Locale.ROOT, "  %-8s %9.2f [%.2f..%.2f]", server, spread.median(), spread.least(), spread.most()));
        }
        text.append('\n');
    }
}
