package app.realtime.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A chart of horizontal bars, one for each server: medians, with a line from the lowest to the highest, as SVG. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LABEL = 250;
    private static final int VALUE = 110;
    private static final int BAR = 18;
    private static final int GAP = 14;
    private static final int TOP = 64;

    private static final Map<String, String> COLOURS =
            Map.of("service", "#1f6feb", "node", "#57a639", "netty", "#b0651d");

    private final Results results;

    Chart(Results results) {
        this.results = results;
    }

    /** @param rows with one unit */
    String svg(String title, List<Row> rows) {
        List<String> servers = results.servers();
        int height = TOP + rows.size() * (servers.size() * BAR + GAP) + 8;
        double most = rows.stream()
                .flatMap(row -> servers.stream().map(server -> spread(row, server)))
                .filter(spread -> !spread.isEmpty())
                .mapToDouble(Spread::most)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"",
                WIDTH,
                height,
                WIDTH,
                height);
        add(svg, " font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"%s\">%n", escaped(title));
        add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
        add(
                svg,
                "<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"bold\" fill=\"#222\">%s</text>%n",
                escaped(title));
        legend(svg, servers);
        int y = TOP;
        for (Row row : rows) {
            add(
                    svg,
                    "<text x=\"12\" y=\"%d\" fill=\"#222\">%s</text>%n",
                    y + servers.size() * BAR / 2 + 4,
                    escaped(row.title()));
            for (String server : servers) {
                bar(svg, spread(row, server), server, row.unit(), y, (WIDTH - LABEL - VALUE) / most);
                y += BAR;
            }
            y += GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg, List<String> servers) {
        int x = LABEL;
        for (String server : servers) {
            add(svg, "<rect x=\"%d\" y=\"36\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, COLOURS.get(server));
            add(svg, "<text x=\"%d\" y=\"46\" fill=\"#222\">%s</text>%n", x + 17, server);
            x += 90;
        }
    }

    private static void bar(StringBuilder svg, Spread spread, String server, String unit, int y, double scale) {
        if (spread.isEmpty()) {
            add(svg, "<text x=\"%d\" y=\"%d\" fill=\"#777\">not measured</text>%n", LABEL, y + 13);
            return;
        }
        double end = LABEL + Math.max(0, spread.median()) * scale;
        double least = LABEL + Math.max(0, spread.least()) * scale;
        double most = LABEL + Math.max(0, spread.most()) * scale;
        add(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LABEL,
                y + 1,
                end - LABEL,
                BAR - 3,
                COLOURS.get(server));
        add(svg, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222\"/>", least, most, y + 8, y + 8);
        add(
                svg,
                "<text x=\"%.1f\" y=\"%d\" fill=\"#222\">%s %s</text>%n",
                Math.max(end, most) + 6,
                y + 13,
                Spread.number(spread.median()),
                escaped(unit));
    }

    private Spread spread(Row row, String server) {
        return results.spread(row.part(), row.metric(), server);
    }

    private static void add(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
