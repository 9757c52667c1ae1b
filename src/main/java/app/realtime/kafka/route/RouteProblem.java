package app.realtime.kafka.route;

/**
 * What is wrong with the routes of the configuration.
 *
 * @param line where, from 1; 0 if the whole is meant
 * @param column where in the line, from 1; 0 if the whole is meant
 * @param text what, and what was expected
 */
public record RouteProblem(int line, int column, String text) {

    @Override
    public String toString() {
        return line == 0 ? text : "line " + line + ", column " + column + ": " + text;
    }
}
