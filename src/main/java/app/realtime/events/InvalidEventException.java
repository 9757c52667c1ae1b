package app.realtime.events;

import java.util.List;
import java.util.stream.Collectors;

/** A body that is no event. It names every missing or bad field at once, and quotes no input. */
public final class InvalidEventException extends Exception {

    // Transient because Exception is Serializable, which nobody uses here.
    private final transient List<FieldProblem> problems;

    /** @param problems at least one */
    public InvalidEventException(List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the fields. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
