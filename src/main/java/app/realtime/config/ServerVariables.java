package app.realtime.config;

import static app.realtime.config.Variable.APP_ENV;
import static app.realtime.config.Variable.LOG_FORMAT;
import static app.realtime.config.Variable.LOG_LEVEL;
import static app.realtime.config.Variable.MANAGEMENT_PORT;
import static app.realtime.config.Variable.NODE_ENV;
import static app.realtime.config.Variable.PORT;
import static app.realtime.config.Variable.PUBLIC_HOST_PORTS;

import java.util.List;
import java.util.regex.Pattern;

/** Ports, log and kind of environment. The server itself uses ports and log; here they are only checked. */
final class ServerVariables {

    private static final List<String> ENVIRONMENTS = List.of("development", "test", "production");
    private static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug", "trace");
    private static final List<String> LOG_FORMATS = List.of("simple", "json");
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST_PORT = Pattern.compile("(\\*|[A-Za-z0-9.-]{1,253}):[0-9]{1,5}");

    private final Values values;

    ServerVariables(Values values) {
        this.values = values;
    }

    /** Checks all of it. @return the kind of environment */
    String readEnvironment() {
        int port = port(PORT);
        if (port(MANAGEMENT_PORT) == port) {
            values.problems().add(MANAGEMENT_PORT, port + " is also PORT; expected another one, not open to browsers");
        }
        checkHostPorts();
        values.oneOf(LOG_LEVEL, LOG_LEVELS);
        values.oneOf(LOG_FORMAT, LOG_FORMATS);
        boolean onlyAlias =
                values.optional(APP_ENV).isEmpty() && values.optional(NODE_ENV).isPresent();
        return values.oneOf(onlyAlias ? NODE_ENV : APP_ENV, ENVIRONMENTS);
    }

    private void checkHostPorts() {
        for (String entry : values.list(PUBLIC_HOST_PORTS)) {
            if (!HOST_PORT.matcher(entry).matches()) {
                values.problems()
                        .add(
                                PUBLIC_HOST_PORTS,
                                Problems.quote(entry) + " is not host:port; expected one such as *:8080");
            }
        }
    }

    private int port(Variable variable) {
        if (values.isSetEmpty(variable)) {
            // The server takes its ports from the environment too, and opens none for an empty value.
            values.problems().add(variable, "is set to nothing; expected a port from 1 to 65535, or not to be set");
        }
        return values.number(variable, 1, MAX_PORT);
    }
}
