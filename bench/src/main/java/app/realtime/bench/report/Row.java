package app.realtime.bench.report;

import java.util.OptionalDouble;

/**
 * One row of the page.
 *
 * @param unit of the values
 * @param less whether less is better
 * @param target what the ratio to Node.js should be, at most or at least
 */
record Row(String part, String metric, String title, String unit, boolean less, OptionalDouble target) {

    static Row less(String part, String metric, String title, String unit) {
        return new Row(part, metric, title, unit, true, OptionalDouble.empty());
    }

    static Row more(String part, String metric, String title, String unit) {
        return new Row(part, metric, title, unit, false, OptionalDouble.empty());
    }

    Row target(double ratio) {
        return new Row(part, metric, title, unit, less, OptionalDouble.of(ratio));
    }

    String targetText() {
        return target.isPresent() ? (less ? "≤ " : "≥ ") + Spread.number(target.getAsDouble()) : "";
    }

    boolean misses(Spread ratio) {
        return !ratio.isEmpty() && target.isPresent() && worse(ratio.median(), target.getAsDouble());
    }

    /** Whether a ratio is on the wrong side of a bound. */
    boolean worse(double ratio, double bound) {
        return less ? ratio > bound : ratio < bound;
    }
}
