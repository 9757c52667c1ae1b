package app.realtime.kafka.route;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A part of a YAML document, which knows its place. Problems are told to one listener, and reading goes on. */
final class YamlNode {

    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DEPTH = 64;
    /** Aliases can make a small text stand for a tree without end. */
    private static final int MAX_NODES = 10_000;

    private final Node node;
    private final Consumer<RouteProblem> problems;

    /** How many nodes of the document have been made JSON. */
    private final AtomicInteger visited;

    private YamlNode(Node node, Consumer<RouteProblem> problems, AtomicInteger visited) {
        this.node = node;
        this.problems = problems;
        this.visited = visited;
    }

    /** Reads a document; empty, after a problem, if it is none. JSON is YAML too. */
    static Optional<YamlNode> parse(String text, Consumer<RouteProblem> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.accept(new RouteProblem(0, 0, "is empty; expected a mapping with routes"));
            }
            return root.map(node -> new YamlNode(node, problems, new AtomicInteger()));
        } catch (MarkedYamlEngineException e) {
            problems.accept(at(e.getProblemMark(), "is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.accept(new RouteProblem(0, 0, "is not YAML: " + e.getMessage()));
        } catch (StackOverflowError e) {
            problems.accept(new RouteProblem(0, 0, "is nested too deep"));
        }
        return Optional.empty();
    }

    void problem(String text) {
        problems.accept(at(node.getStartMark(), text));
    }

    private static RouteProblem at(Optional<Mark> mark, String text) {
        return mark.map(at -> new RouteProblem(at.getLine() + 1, at.getColumn() + 1, text))
                .orElseGet(() -> new RouteProblem(0, 0, text));
    }

    boolean isSequence() {
        return node instanceof SequenceNode;
    }

    /** The text of a scalar of any type. */
    Optional<String> scalar() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The text of a scalar that is not empty; a problem otherwise. */
    Optional<String> text(String what) {
        Optional<String> text = scalar().filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            problem(what + " must be a text that is not empty");
        }
        return text;
    }

    /** The entries of a sequence; a problem, and none, otherwise. */
    List<YamlNode> entries(String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::child).toList();
        }
        problem(what + " must be a list");
        return List.of();
    }

    /** The members of a mapping, by their keys' text; a problem, and none, otherwise. */
    Map<String, YamlNode> members(String what) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(what + " must be a mapping of names to values");
            return members;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = child(tuple.getKeyNode());
            Optional<String> name = key.scalar();
            if (name.isEmpty()) {
                key.problem("a name must be a text");
            } else if (members.put(name.get(), child(tuple.getValueNode())) != null) {
                key.problem("\"" + name.get() + "\" is there twice");
            }
        }
        return members;
    }

    /** The same as JSON; empty, after a problem, if it cannot be. */
    Optional<JsonNode> json() {
        return json(0);
    }

    private Optional<JsonNode> json(int depth) {
        int count = visited.incrementAndGet();
        if (depth > MAX_DEPTH || count > MAX_NODES) {
            if (count <= MAX_NODES + 1) {
                problem("is nested deeper than %d, or has more than %d parts".formatted(MAX_DEPTH, MAX_NODES));
            }
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            try {
                return Optional.of(json(scalar));
            } catch (NumberFormatException e) {
                problem("\"" + scalar.getValue() + "\" is no number in JSON");
                return Optional.empty();
            }
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (YamlNode entry : entries("it")) {
                entry.json(depth + 1).ifPresent(array::add);
            }
            return Optional.of(array);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members("it").forEach((name, value) -> value.json(depth + 1).ifPresent(json -> object.set(name, json)));
        return Optional.of(object);
    }

    private static JsonNode json(ScalarNode scalar) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT)) {
            return json.numberNode(new BigInteger(text));
        }
        if (scalar.getTag().equals(Tag.FLOAT)) {
            return json.numberNode(new BigDecimal(text));
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return json.booleanNode(Boolean.parseBoolean(text));
        }
        return scalar.getTag().equals(Tag.NULL) ? json.nullNode() : json.stringNode(text);
    }

    private YamlNode child(Node child) {
        return new YamlNode(child, problems, visited);
    }
}
