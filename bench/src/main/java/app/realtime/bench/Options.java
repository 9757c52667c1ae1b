package app.realtime.bench;

import app.realtime.bench.server.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked for on the command line.
 *
 * @param home the folder {@code bench}
 * @param parts the names of parts; empty for all
 * @param quick short rounds, for a first look; such figures are never published
 * @param out where page, charts and figures go; empty for the default
 */
record Options(
        Path home,
        List<String> parts,
        List<ServerKind> servers,
        int rounds,
        boolean quick,
        Path liberty,
        Optional<Path> out,
        boolean add,
        Optional<Path> draw,
        Path serviceJava,
        Map<String, String> serviceEnvironment,
        Scale scale) {

    private static final List<String> PARTS = List.of(
            "delivery", "saturation", "ack", "handshake", "polling-handshake", "polling", "kafka", "idle", "micro");

    static final String USAGE = """
            Usage: bench/run [options]
              --only PART,...       parts to run: delivery, saturation, handshake, polling-handshake, idle, ack, kafka,
                                    polling, micro (default: all)
              --servers NAME,...    service, node, netty (default: all)
              --rounds N            rounds of each part, the servers in turn (default: 5; quick: 2)
              --quick               short rounds, for a first look
              --out DIR             where page, charts and figures go (default: docs/ for a full run,
                                    bench/target/results for any other)
              --add                 keep the parts that are in that folder and not in this run
              --draw DIR            measure nothing; write page and charts anew from the figures in that folder
              --liberty DIR         the Open Liberty with the packaged service (default: target/liberty/wlp)
              --service-java DIR    the home of the Java that runs the service (default: the one that runs this)
              --env NAME=VALUE      one more variable of the service's environment
              --sockets N           sockets in the room (default: 500)
              --rate N              broadcasts per second of the delivery part (default: 40)
              --bytes N             size of an event on the wire (default: 200)
              --window N            broadcasts on their way at a time in the saturation part (default: 8)
              --seconds N           length of a round's measurement (default: 10; quick: 5)
              --connections N,...   counts of the idle part (default: 1000,5000,20000, as far as file descriptors go)
            """;

    private static final Set<String> SWITCHES = Set.of("--quick", "--add");

    Options {
        if (quick && out.filter(folder -> isPublished(home, folder)).isPresent()) {
            throw new IllegalArgumentException("Figures of a quick run are not for docs/: give another --out.");
        }
        Set<String> unknown = new TreeSet<>(parts);
        unknown.removeAll(PARTS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no part " + unknown + ": choose from " + PARTS + ".");
        }
    }

    static Options parse(Path home, List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (!USAGE.contains("  " + name + " ") || !name.startsWith("--")) {
                throw new IllegalArgumentException("There is no option \"" + name + "\".\n" + USAGE);
            }
            String value = SWITCHES.contains(name) ? "true" : value(arguments, ++i);
            if (name.equals("--env")) {
                environment.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
            } else {
                given.put(name, value);
            }
        }
        boolean quick = given.containsKey("--quick");
        return new Options(
                home,
                list(given.getOrDefault("--only", "")),
                list(given.getOrDefault("--servers", "service,node,netty")).stream()
                        .map(ServerKind::of)
                        .toList(),
                number(given, "--rounds", quick ? 2 : 5),
                quick,
                Path.of(given.getOrDefault(
                                "--liberty",
                                home.resolveSibling("target/liberty/wlp").toString()))
                        .toAbsolutePath(),
                Optional.ofNullable(given.get("--out")).map(Path::of),
                given.containsKey("--add"),
                Optional.ofNullable(given.get("--draw")).map(Path::of),
                Path.of(given.getOrDefault("--service-java", System.getProperty("java.home"))),
                Map.copyOf(environment),
                scale(given, quick));
    }

    /** Where whole runs are published. */
    Path published() {
        return home.resolveSibling("docs");
    }

    private static boolean isPublished(Path home, Path folder) {
        return folder.toAbsolutePath().normalize().equals(home.resolveSibling("docs"));
    }

    boolean wants(String part) {
        return parts.isEmpty() || parts.contains(part);
    }

    /** Where the product's build has put the class path of its Kafka broker. */
    Path brokerClassPath() {
        return home.resolveSibling("target/kafka-broker/classpath");
    }

    /** The load, in words. */
    String settings() {
        return "%d rounds of %d s; %d sockets, events of %d bytes, %d broadcasts/s, or %d on their way at a time"
                .formatted(rounds, scale.seconds(), scale.sockets(), scale.bytes(), scale.rate(), scale.window());
    }

    private static Scale scale(Map<String, String> given, boolean quick) {
        return new Scale(
                number(given, "--sockets", 500),
                number(given, "--rate", 40),
                number(given, "--bytes", 200),
                number(given, "--window", 8),
                number(given, "--seconds", quick ? 5 : 10),
                list(given.getOrDefault("--connections", quick ? "1000" : "1000,5000,20000")).stream()
                        .map(Integer::valueOf)
                        .toList(),
                quick);
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " needs a value.\n" + USAGE);
        }
        return arguments.get(index);
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String value = given.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException(name + " is \"" + value + "\": give a whole number of 1 or more.");
        }
        return Integer.parseInt(value);
    }

    private static List<String> list(String value) {
        return value.isBlank() ? List.of() : new ArrayList<>(Arrays.asList(value.split(",")));
    }
}
