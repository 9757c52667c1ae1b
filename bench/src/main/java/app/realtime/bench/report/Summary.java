package app.realtime.bench.report;

import java.util.List;
import java.util.Locale;

/** The figures as plain text: for each metric and server the median of the rounds, and the lowest and the highest. */
public final class Summary {

    private final Results results;

    public Summary(Results results) {
        this.results = results;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        results.figures().stream()
                .map(figure -> List.of(figure.part(), figure.metric()))
                .distinct()
                .forEach(metric -> line(text, metric.get(0), metric.get(1)));
        return text.toString();
    }

    private void line(StringBuilder text, String part, String metric) {
        text.append(String.format(Locale.ROOT, "%-18s %-16s", part, metric));
        for (String server : results.servers()) {
            Spread spread = results.spread(part, metric, server);
            if (!spread.isEmpty()) {
                text.append(String.format(Locale.ROOT, "  %-8s %-26s", server, spread.text()));
            }
        }
        text.append('\n');
    }
}
