package app.realtime.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Several measurements of the same. All are NaN if there are none. */
record Spread(double median, double least, double most) {

    static Spread of(Collection<Figure> figures, String part, String metric, String server) {
        return of(figures.stream()
                .filter(figure -> figure.part().equals(part)
                        && figure.metric().equals(metric)
                        && figure.server().equals(server))
                .mapToDouble(Figure::value)
                .toArray());
    }

    static Spread of(double... values) {
        if (values.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean isEmpty() {
        return Double.isNaN(median);
    }
}
