package app.realtime.bench.report;

import app.realtime.bench.server.ServerKind;
import java.util.List;
import java.util.Optional;

/** The page: tables, charts, and what is worse than it should be. */
final class Page {

    private static final String SERVICE = ServerKind.SERVICE.key();
    private static final String NODE = ServerKind.NODE.key();
    private static final String NETTY = ServerKind.NETTY.key();

    private final Results results;
    private final List<Row> rows;
    private final StringBuilder text = new StringBuilder();

    Page(Results results) {
        this.results = results;
        this.rows = Rows.of(results);
    }

    /** @param remarks what somebody has written about the figures */
    String markdown(Machine machine, String settings, Optional<String> remarks) {
        text.append("# Benchmarks\n\n<!-- Written by bench/run. Remarks belong into benchmarks/remarks.md. -->\n\n");
        text.append("The packaged service beside two peers, in one run, under the same load generator. ")
                .append("How it is measured, and how to run it: [bench/README.md](../bench/README.md).\n\n");
        machine(machine, settings);
        table();
        misses();
        results.failures()
                .forEach(failure ->
                        text.append("- Not measured: ").append(failure).append("\n"));
        remarks.ifPresent(remark -> text.append("\n").append(remark.strip()).append("\n"));
        charts();
        micro();
        text.append("\n## Raw figures\n\nEvery round: [figures.json](benchmarks/figures.json), ")
                .append("[figures.csv](benchmarks/figures.csv).\n");
        return text.toString();
    }

    private void machine(Machine machine, String settings) {
        line("| | |\n|---|---|");
        line("| When, what | " + machine.date() + ", commit " + machine.commit() + " |");
        line("| Machine | " + machine.cores() + " × " + machine.processor() + ", " + machine.kernel()
                + "; servers and load generator share the cores |");
        line("| Versions | service and netty-socketio on " + machine.java() + "; Node.js " + machine.node() + "; "
                + ServerKind.NODE.title() + "; " + ServerKind.NETTY.title() + " |");
        line("| Load | " + settings + " |\n");
    }

    private void table() {
        line(
                "Medians of the rounds, with the lowest and the highest. A ratio is the median of the ratios of each round.\n");
        line("| | unit | service | node | netty | service ÷ node | target | service ÷ netty |");
        line("|---|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            Spread toNode = ratio(row, NODE);
            String mark = row.misses(toNode) ? " **missed**" : "";
            line("| " + row.title() + " | " + row.unit() + " | " + value(row, SERVICE) + " | " + value(row, NODE)
                    + " | "
                    + value(row, NETTY) + " | " + toNode.text() + " | " + row.targetText() + mark + " | "
                    + ratio(row, NETTY).text() + " |");
        }
        line("");
    }

    /** Said in words too, so that nobody must search the table for it. */
    private void misses() {
        line("## What is worse\n");
        int before = text.length();
        for (Row row : rows) {
            Spread toNode = ratio(row, NODE);
            if (row.misses(toNode)) {
                worse(
                        row,
                        toNode,
                        "Node.js; the target is " + row.targetText(),
                        row.target().getAsDouble());
            } else if (!toNode.isEmpty() && row.worse(toNode.median(), 1)) {
                worse(row, toNode, "Node.js", 1);
            }
            Spread toNetty = ratio(row, NETTY);
            if (!toNetty.isEmpty() && row.worse(toNetty.median(), 1)) {
                worse(row, toNetty, "netty-socketio", 1);
            }
        }
        if (text.length() == before) {
            line("Nothing that was measured.");
        }
    }

    private void worse(Row row, Spread ratio, String peer, double bound) {
        boolean sure = row.worse(ratio.least(), bound) && row.worse(ratio.most(), bound);
        line("- " + name(row) + ": " + Spread.number(ratio.median()) + " of " + peer
                + (sure ? "." : "; within the noise of the rounds."));
    }

    private void charts() {
        line("\n## Charts");
        for (Charts chart : Charts.values()) {
            if (!chart.rows(rows).isEmpty()) {
                line("\n![" + chart.title() + "](benchmarks/" + chart.file() + ")");
            }
        }
    }

    private void micro() {
        List<Figure> nanos = results.figures().stream()
                .filter(figure -> figure.part().equals("micro"))
                .toList();
        if (nanos.isEmpty()) {
            return;
        }
        line(
                "\n## Parts of the service alone\n\nBy JMH, in nanoseconds: per call, and for the fan-out per recipient.\n");
        line("| | ns |\n|---|---|");
        nanos.forEach(figure -> line("| `" + figure.metric() + "` | " + Spread.number(figure.value()) + " |"));
    }

    private String name(Row row) {
        return row.title().startsWith("…") ? row.title() + " (" + row.part() + ")" : row.title();
    }

    private String value(Row row, String server) {
        return results.spread(row.part(), row.metric(), server).text();
    }

    private Spread ratio(Row row, String other) {
        return results.ratio(row.part(), row.metric(), SERVICE, other);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
