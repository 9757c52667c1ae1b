package app.realtime.config;

import static app.realtime.config.Variable.KAFKA_ROUTES;
import static app.realtime.config.Variable.KAFKA_ROUTES_FILE;

import app.realtime.kafka.route.RouteProblem;
import app.realtime.kafka.route.RouteReader;
import app.realtime.kafka.route.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Routes beside those that are built in: YAML in a variable, or in a file that a variable names. */
final class KafkaRouteVariables {

    private static final int MAX_BYTES = 1_000_000;

    private final Values values;

    KafkaRouteVariables(Values values) {
        this.values = values;
    }

    /** @param taken topics that have a route already, and whose they are */
    RouteTable read(Map<String, String> taken) {
        Optional<String> inline = values.exact(KAFKA_ROUTES);
        Optional<String> file = values.optional(KAFKA_ROUTES_FILE);
        if (inline.isPresent() && file.isPresent()) {
            values.problems().add(KAFKA_ROUTES_FILE, "is set, and KAFKA_ROUTES too; expected one of them, or neither");
            return RouteTable.EMPTY;
        }
        if (inline.isPresent()) {
            return table(KAFKA_ROUTES, "", inline.get(), Path.of(""), taken);
        }
        return file.map(name -> file(name, taken)).orElse(RouteTable.EMPTY);
    }

    private RouteTable file(String name, Map<String, String> taken) {
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.size(file) > MAX_BYTES) {
                values.problems().add(KAFKA_ROUTES_FILE, Problems.quote(name) + " is too large; expected at most 1 MB");
                return RouteTable.EMPTY;
            }
            return table(KAFKA_ROUTES_FILE, file + ", ", Files.readString(file), file.getParent(), taken);
        } catch (IOException | InvalidPathException e) {
            values.problems()
                    .add(
                            KAFKA_ROUTES_FILE,
                            Problems.quote(name) + " cannot be read as UTF-8 text; expected the path of a YAML file");
            return RouteTable.EMPTY;
        }
    }

    private RouteTable table(Variable variable, String place, String yaml, Path directory, Map<String, String> taken) {
        RouteTable table = new RouteReader(directory, taken).read(yaml);
        for (RouteProblem problem : table.problems()) {
            String text = problem.toString();
            values.problems()
                    .add(
                            variable,
                            place
                                    + (text.contains("; expected")
                                            ? text
                                            : text + "; expected routes as in docs/kafka.md"));
        }
        return table;
    }
}
