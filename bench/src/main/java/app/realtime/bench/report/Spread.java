package app.realtime.bench.report;

import java.util.Arrays;
import java.util.Locale;

/** Several measurements of the same. All are NaN if there are none. */
public record Spread(double median, double least, double most) {

    public static Spread of(double... values) {
        if (values.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    public boolean isEmpty() {
        return Double.isNaN(median);
    }

    /** The median, and the lowest and the highest in parentheses. */
    public String text() {
        return isEmpty() ? "–" : number(median) + " (" + number(least) + "–" + number(most) + ")";
    }

    /** With about three digits. */
    public static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
