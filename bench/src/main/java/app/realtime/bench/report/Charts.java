package app.realtime.bench.report;

import java.util.List;
import java.util.Locale;

/** Which rows are drawn together. */
enum Charts {
    DELIVERY_CPU("Server CPU per delivered message, µs (less is better)", "delivery", "cpu", "cpu-user", "cpu-system"),
    DELIVERY_TIME("Delivery at a fixed rate, ms (less is better)", "delivery", "p50", "p99"),
    SATURATION("Deliveries per second at saturation (more is better)", "saturation", "rate"),
    SATURATION_TIME("Delivery at saturation, ms (less is better)", "saturation", "p50", "p99"),
    HANDSHAKE("Server CPU per handshake, µs (less is better)", "handshake", "cpu", "cpu-user"),
    MEMORY("Memory per idle connection, KB (less is better)", "idle", "rss-", "collected-"),
    REQUESTS("Requests acknowledged per second (more is better)", "ack", "rate"),
    KAFKA("Kafka record to socket, ms (less is better)", "kafka", "p50", "p99"),
    POLLING("Server CPU per message delivered by polling, µs (less is better)", "polling", "cpu");

    private final String title;
    private final String part;
    private final List<String> metrics;

    Charts(String title, String part, String... metrics) {
        this.title = title;
        this.part = part;
        this.metrics = List.of(metrics);
    }

    String title() {
        return title;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
    }

    /** Those of the rows that are in this chart. */
    List<Row> rows(List<Row> all) {
        return all.stream()
                .filter(row -> row.part().equals(part)
                        && metrics.stream()
                                .anyMatch(metric -> row.metric().equals(metric)
                                        || metric.endsWith("-") && row.metric().startsWith(metric)))
                .toList();
    }
}
