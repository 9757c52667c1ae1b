package app.realtime.kafka.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.realtime.events.CustomEvent;
import app.realtime.json.JsonReader;
import app.realtime.json.MalformedJsonException;
import app.realtime.kafka.route.RecordSchema.MalformedSchemaException;
import app.realtime.kafka.route.RoomTemplate.MalformedTemplateException;
import app.realtime.rooms.RoomType;
import app.realtime.rooms.RoomTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads routes that are written as YAML, and finds all that is wrong with them at once: {@code roomTypes} and
 * {@code routes}, as docs/kafka.md describes them. Owned by one thread.
 */
public final class RouteReader {

    private static final Set<String> PARTS = Set.of("roomTypes", "routes");
    private static final Set<String> ROUTE_PARTS = Set.of("topic", "event", "rooms", "schema");
    private static final Map<String, RoomType.Access> ACCESS =
            Map.of("listed", RoomType.Access.LISTED, "authenticated", RoomType.Access.AUTHENTICATED);
    private static final int MAX_SCHEMA_BYTES = 1024 * 1024;

    private final Path directory;
    private final Map<String, String> taken;
    private final List<RouteProblem> problems = new ArrayList<>();

    /**
     * @param directory what the names of schema files are relative to
     * @param taken topics that have a route already, and whose they are
     */
    public RouteReader(Path directory, Map<String, String> taken) {
        this.directory = directory;
        this.taken = new HashMap<>(taken);
    }

    public RouteTable read(String yaml) {
        List<RoomType> types = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        YamlNode.parse(yaml, problems::add).ifPresent(root -> {
            Map<String, YamlNode> parts = members(root, "the whole", PARTS);
            if (parts.containsKey("roomTypes")) {
                types.addAll(types(parts.get("roomTypes")));
            }
            if (!parts.containsKey("routes")) {
                root.problem("routes is required");
                return;
            }
            RoomTypes all = RoomTypes.BUILT_IN.with(types);
            for (YamlNode route : parts.get("routes").entries("routes")) {
                route(route, all).ifPresent(routes::add);
            }
        });
        return new RouteTable(types, routes, problems);
    }

    private Map<String, YamlNode> members(YamlNode node, String what, Set<String> known) {
        Map<String, YamlNode> members = node.members(what);
        members.forEach((name, value) -> {
            if (!known.contains(name)) {
                value.problem("\"" + name + "\" is not known; expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return members;
    }

    /** A list of names, or a mapping of names to who may join. */
    private List<RoomType> types(YamlNode node) {
        List<RoomType> types = new ArrayList<>();
        if (node.isSequence()) {
            for (YamlNode entry : node.entries("roomTypes")) {
                entry.text("a room type")
                        .flatMap(name -> type(name, RoomType.Access.LISTED, entry, types))
                        .ifPresent(types::add);
            }
            return types;
        }
        node.members("roomTypes").forEach((name, value) -> {
            String access = value.scalar().orElse("").toLowerCase(Locale.ROOT);
            if (!ACCESS.containsKey(access)) {
                value.problem("who may join rooms of type \"" + name + "\" must be listed (whose token lists the room)"
                        + " or authenticated (whoever has a token)");
                return;
            }
            type(name, ACCESS.get(access), value, types).ifPresent(types::add);
        });
        return types;
    }

    private static Optional<RoomType> type(
            String name, RoomType.Access access, YamlNode place, List<RoomType> already) {
        if (!RoomType.isPrefix(name)) {
            place.problem("\"" + name + "\" is no room type; expected 1 to 32 of a-z 0-9 _ -, a letter first");
            return Optional.empty();
        }
        boolean taken = RoomTypes.BUILT_IN.named(name).isPresent()
                || already.stream().anyMatch(type -> type.prefix().equals(name));
        if (taken) {
            place.problem("the room type \"" + name + "\" is there already");
            return Optional.empty();
        }
        return Optional.of(new RoomType(name, access));
    }

    private Optional<Route> route(YamlNode node, RoomTypes types) {
        int before = problems.size();
        Map<String, YamlNode> parts = members(node, "a route", ROUTE_PARTS);
        Optional<String> topic = required(node, parts, "topic", this::topic);
        Optional<String> event = required(node, parts, "event", RouteReader::event);
        Optional<List<RoomTemplate>> rooms = required(node, parts, "rooms", value -> Optional.of(rooms(value, types)));
        Optional<RecordSchema> schema = Optional.ofNullable(parts.get("schema")).flatMap(this::schema);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new Route(
                        topic.orElseThrow(), new ConfiguredRoute(event.orElseThrow(), rooms.orElseThrow(), schema)));
    }

    private static <T> Optional<T> required(
            YamlNode route, Map<String, YamlNode> parts, String name, Function<YamlNode, Optional<T>> reader) {
        if (!parts.containsKey(name)) {
            route.problem(name + " is required");
            return Optional.empty();
        }
        return reader.apply(parts.get(name));
    }

    private Optional<String> topic(YamlNode node) {
        Optional<String> topic = node.text("topic");
        topic.filter(name -> !Route.isTopic(name)).ifPresent(name -> node.problem("topic " + Route.NO_TOPIC));
        topic.map(name -> taken.put(name, "another route"))
                .ifPresent(owner -> node.problem("the topic has a route already: " + owner));
        return topic;
    }

    private static Optional<String> event(YamlNode node) {
        Optional<String> event = node.text("event");
        event.flatMap(CustomEvent::problemOfName).ifPresent(problem -> node.problem("event " + problem));
        return event;
    }

    private static List<RoomTemplate> rooms(YamlNode node, RoomTypes types) {
        List<RoomTemplate> rooms = new ArrayList<>();
        List<YamlNode> entries = node.isSequence() ? node.entries("rooms") : List.of(node);
        for (YamlNode entry : entries) {
            Optional<String> text = entry.text("a room");
            try {
                if (text.isPresent()) {
                    rooms.add(RoomTemplate.parse(text.get(), types));
                }
            } catch (MalformedTemplateException e) {
                entry.problem("the room \"" + text.get() + "\" " + e.getMessage());
            }
        }
        if (entries.isEmpty()) {
            node.problem("rooms must name at least one room");
        }
        return rooms;
    }

    private Optional<RecordSchema> schema(YamlNode node) {
        try {
            Optional<JsonNode> json = node.scalar().isPresent() ? file(node) : node.json();
            return json.isPresent() ? Optional.of(RecordSchema.of(json.get())) : Optional.empty();
        } catch (MalformedSchemaException e) {
            node.problem("the schema is no JSON Schema: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<JsonNode> file(YamlNode node) {
        Optional<String> name = node.text("schema");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = directory.resolve(name.get());
            if (Files.size(file) > MAX_SCHEMA_BYTES) {
                node.problem("the schema file " + file + " is larger than 1 MB");
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            return name.get().endsWith(".json")
                    ? Optional.of(new JsonReader().read(bytes))
                    : YamlNode.parse(new String(bytes, UTF_8), problem -> node.problem("in " + file + ": " + problem))
                            .flatMap(YamlNode::json);
        } catch (IOException | InvalidPathException e) {
            node.problem("the schema file " + name.get() + " cannot be read from " + directory.toAbsolutePath()
                    + "; expected a file, or the schema itself");
        } catch (MalformedJsonException e) {
            node.problem("the schema file " + name.get() + " is no JSON: " + e.getMessage());
        }
        return Optional.empty();
    }
}
