package app.realtime.clients;

import app.realtime.run.NodeProgram;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official JavaScript client, on Node.js. Thread-safe. */
final class JavaScriptRun implements ClientRun {

    private final Outcomes outcomes;
    private final NodeProgram program;

    private JavaScriptRun(Outcomes outcomes, int version, Target target) {
        this.outcomes = outcomes;
        this.program = NodeProgram.start(
                outcomes.client(),
                "main.js",
                List.of(
                        Integer.toString(version),
                        String.join(",", target.transports().names()),
                        target.uri().toString(),
                        target.user()),
                Map.of("TOKEN", target.token(), "BAD_TOKEN", target.badToken()),
                this::read);
        program.onExit().thenRun(() -> outcomes.end(program.report()));
    }

    /** @param version 4 or 2 */
    static JavaScriptRun start(int version, Target target) {
        String client = "JavaScript client " + version + " over " + target.transports();
        return new JavaScriptRun(new Outcomes(client), version, target);
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    /** A line of JSON is about a check; all else is for the log. */
    private void read(String line) {
        JsonNode report;
        try {
            report = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            return;
        }
        if (report.has("ready")) {
            outcomes.ready();
        } else if (report.path("passed").asBoolean(false)) {
            outcomes.passed(Check.of(report.path("check").asString()));
        } else if (report.has("check")) {
            outcomes.failed(
                    Check.of(report.path("check").asString()),
                    problem(report.path("problem").asString()));
        }
    }

    /** Where this JVM read of the problem is of no interest. */
    private static AssertionError problem(String message) {
        AssertionError problem = new AssertionError(message);
        problem.setStackTrace(new StackTraceElement[0]);
        return problem;
    }

    @Override
    public void close() {
        program.close();
    }
}
