package app.realtime.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** All rows of the page, with their targets. */
final class Rows {

    private static final String MICROS = "µs";
    private static final String MILLIS = "ms";

    private Rows() {}

    static List<Row> of(Results results) {
        List<Row> rows = new ArrayList<>(List.of(
                Row.less("delivery", "cpu", "Delivery: CPU per message", MICROS).target(0.70),
                Row.less("delivery", "cpu-user", "… of which user", MICROS).target(0.40),
                Row.less("delivery", "cpu-system", "… of which system", MICROS),
                Row.less("delivery", "p50", "Delivery: p50", MILLIS),
                Row.less("delivery", "p99", "Delivery: p99", MILLIS).target(1),
                Row.more("saturation", "rate", "Saturation: deliveries", "1/s").target(1.5),
                Row.less("saturation", "cpu", "Saturation: CPU per message", MICROS),
                Row.less("saturation", "p50", "Saturation: p50", MILLIS),
                Row.less("saturation", "p99", "Saturation: p99", MILLIS),
                Row.less("handshake", "cpu", "Handshake: CPU", MICROS).target(1),
                Row.less("handshake", "cpu-user", "… of which user", MICROS),
                Row.less("handshake", "closing-cpu", "Goodbye: CPU", MICROS),
                Row.less("polling-handshake", "cpu", "Handshake by polling: CPU", MICROS),
                Row.less("idle", "empty-rss", "Memory of the empty server", "MB"),
                Row.less("idle", "empty-collected", "… after a collection", "MB")));
        metrics(
                results,
                "rss-",
                metric -> rows.add(Row.less("idle", metric, "Memory per idle connection, of " + count(metric), "KB")
                        .target(0.8)));
        metrics(
                results,
                "collected-",
                metric -> rows.add(Row.less("idle", metric, "… after a collection, of " + count(metric), "KB")
                        .target(0.8)));
        metrics(
                results,
                "cpu-",
                metric -> rows.add(
                        Row.less("idle", metric, "CPU of " + count(metric) + " idle connections", "% of a core")));
        rows.addAll(List.of(
                Row.more("ack", "rate", "Requests acknowledged", "1/s"),
                Row.less("ack", "cpu", "Request: CPU", MICROS),
                Row.less("ack", "p50", "Request: p50", MILLIS),
                Row.less("ack", "p99", "Request: p99", MILLIS),
                Row.less("kafka", "p50", "Kafka to socket: p50", MILLIS),
                Row.less("kafka", "p99", "Kafka to socket: p99", MILLIS),
                Row.less("polling", "cpu", "Polling: CPU per message", MICROS).target(0.8),
                Row.less("polling", "p50", "Polling: p50", MILLIS),
                Row.less("polling", "p99", "Polling: p99", MILLIS)));
        return rows.stream()
                .filter(row -> results.servers().stream()
                        .anyMatch(server -> !results.spread(row.part(), row.metric(), server)
                                .isEmpty()))
                .toList();
    }

    private static void metrics(Results results, String prefix, Consumer<String> action) {
        results.figures().stream()
                .filter(figure -> figure.part().equals("idle")
                        && figure.metric().startsWith(prefix)
                        && Character.isDigit(figure.metric().charAt(prefix.length())))
                .map(Figure::metric)
                .distinct()
                .forEach(action);
    }

    private static String count(String metric) {
        return String.format(Locale.ROOT, "%,d", Integer.parseInt(metric.substring(metric.indexOf('-') + 1)))
                .replace(',', ' ');
    }
}
