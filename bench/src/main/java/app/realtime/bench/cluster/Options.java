package app.realtime.bench.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked for on the command line.
 *
 * @param out where page and figures go
 * @param seconds of one measurement
 * @param warmUp seconds of warming up each cluster
 */
record Options(
        Path home,
        Path out,
        Path liberty,
        Path serviceJava,
        int rounds,
        int seconds,
        int warmUp,
        int sockets,
        int rate,
        int bytes) {

    static final String USAGE = """
            Usage: bench/cluster [options]
              --quick               two short rounds, for a first look
              --publish             write to docs/benchmarks (default: bench/target/results)
              --rounds N            rounds, the clusters in turn (default: 5; quick: 2)
              --seconds N           length of a measurement (default: 4; quick: 2)
              --warm-up N           seconds of warming up each cluster (default: 12; quick: 4)
              --sockets N           sockets in the room, on all instances together (default: 300)
              --rate N              broadcasts per second (default: 40)
              --bytes N             size of an event on the wire (default: 200)
              --liberty DIR         the Open Liberty with the packaged service (default: target/liberty/wlp)
              --service-java DIR    the home of the Java that runs the service (default: the one that runs this)
            """;

    private static final List<String> SWITCHES = List.of("--quick", "--publish");

    /** @throws IllegalArgumentException if something is asked for that there is not */
    static Options parse(Path home, List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || !USAGE.contains("  " + name + " ")) {
                throw new IllegalArgumentException("There is no option \"" + name + "\".\n" + USAGE);
            }
            if (!SWITCHES.contains(name) && i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value.\n" + USAGE);
            }
            given.put(name, SWITCHES.contains(name) ? "" : arguments.get(++i));
        }
        boolean quick = given.containsKey("--quick");
        if (quick && given.containsKey("--publish")) {
            throw new IllegalArgumentException("Figures of a quick run are not for docs/.");
        }
        return new Options(
                home,
                given.containsKey("--publish")
                        ? home.resolveSibling("docs/benchmarks")
                        : home.resolve("target/results"),
                Path.of(given.getOrDefault(
                                "--liberty",
                                home.resolveSibling("target/liberty/wlp").toString()))
                        .toAbsolutePath(),
                Path.of(given.getOrDefault("--service-java", System.getProperty("java.home"))),
                number(given, "--rounds", quick ? 2 : 5),
                number(given, "--seconds", quick ? 2 : 4),
                number(given, "--warm-up", quick ? 4 : 12),
                number(given, "--sockets", 300),
                number(given, "--rate", 40),
                number(given, "--bytes", 200));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String value = given.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(name + " is \"" + value + "\": give a whole number from 1 to 99999.");
        }
        return Integer.parseInt(value);
    }
}
