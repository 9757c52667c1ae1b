package app.realtime.config;

import java.util.List;

/** The service cannot start with the environment that it was given. The message lists every problem, one a line. */
public final class InvalidConfigurationException extends RuntimeException {

    InvalidConfigurationException(List<String> problems) {
        super("The service cannot start: its configuration has " + count(problems.size()) + "\n"
                + String.join("\n", problems));
    }

    private static String count(int problems) {
        return problems == 1 ? "a problem" : problems + " problems";
    }
}
