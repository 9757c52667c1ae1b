package app.realtime.run;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/** What a test needs of the machine, and a machine may lack. */
public final class Prerequisite {

    private Prerequisite() {}

    /**
     * Goes on only where nothing is missing: elsewhere the test is skipped. It fails where the environment has {@code
     * CI=true}, because a build server must not skip anything without being noticed.
     *
     * @param untested what is not tested otherwise, such as "Not tested in a browser"
     * @param obstacle what is missing and what to do about it
     */
    public static void require(String untested, Optional<String> obstacle) {
        obstacle.ifPresent(why -> {
            String message = untested + ": " + why;
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        });
    }
}
