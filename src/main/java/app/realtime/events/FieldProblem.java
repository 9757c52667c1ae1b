package app.realtime.events;

/**
 * What is wrong with one field of an event.
 *
 * @param field where it is, such as {@code location.coordinates.latitude}; {@code $} for the whole body
 * @param problem to be read after the field's name, such as {@code is required}; quotes no input
 */
public record FieldProblem(String field, String problem) {

    @Override
    public String toString() {
        return (field.equals("$") ? "the body" : field) + ' ' + problem;
    }
}
