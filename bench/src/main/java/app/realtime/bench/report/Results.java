package app.realtime.bench.report;

import java.util.List;

/**
 * What a run has measured.
 *
 * @param failures what could not be measured, and why
 */
public record Results(List<Figure> figures, List<String> failures) {

    public Spread spread(String part, String metric, String server) {
        return Spread.of(
                values(part, metric, server).stream().mapToDouble(Figure::value).toArray());
    }

    /** One server's values in relation to another's, round by round. */
    Spread ratio(String part, String metric, String server, String other) {
        List<Figure> others = values(part, metric, other);
        return Spread.of(values(part, metric, server).stream()
                .flatMap(own -> others.stream()
                        .filter(peer -> peer.round() == own.round() && peer.value() != 0)
                        .map(peer -> own.value() / peer.value()))
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    List<String> servers() {
        return figures.stream().map(Figure::server).distinct().toList();
    }

    private List<Figure> values(String part, String metric, String server) {
        return figures.stream()
                .filter(figure -> figure.part().equals(part)
                        && figure.metric().equals(metric)
                        && figure.server().equals(server))
                .toList();
    }
}
