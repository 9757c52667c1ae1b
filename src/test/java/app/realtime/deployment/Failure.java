package app.realtime.deployment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What Helm says to values that the chart does not take. */
final class Failure {

    private Failure() {}

    /** The message for these values in a chart that is otherwise ready for production. */
    static String of(String values) {
        return ofAll(Chart.PRODUCTION, values);
    }

    static String ofAll(String... values) {
        return catchThrowableOfType(IllegalStateException.class, () -> Chart.render(values))
                .getMessage();
    }
}
