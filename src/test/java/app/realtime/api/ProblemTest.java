package app.realtime.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.events.FieldProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void namesEveryField() {
        Problem problem = Problem.ofFields(
                List.of(new FieldProblem("event", "is required"), new FieldProblem("room", "must be a string")),
                "event is required; room must be a string");

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.body())
                .hasToString("{\"error\":\"Invalid body: event is required; room must be a string\","
                        + "\"code\":\"invalid_body\",\"fields\":[{\"field\":\"event\",\"problem\":\"is required\"},"
                        + "{\"field\":\"room\",\"problem\":\"must be a string\"}]}");
    }

    @Test
    void hasAnAnswerForEveryErrorStatus() {
        for (int status = 400; status < 600; status++) {
            Problem problem = Problem.ofStatus(status);

            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.body().propertyNames()).containsExactly("error", "code");
        }
    }
}
