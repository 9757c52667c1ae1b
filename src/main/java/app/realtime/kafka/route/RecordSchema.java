package app.realtime.kafka.route;

import app.realtime.events.FieldProblem;
import app.realtime.events.InvalidEventException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema that records are held against: draft 2020-12 unless its {@code $schema} names another. References to
 * other documents are not followed. Thread-safe.
 */
final class RecordSchema {

    /** As many problems as a log line has room for. */
    private static final int SHOWN = 5;

    private static final int SHOWN_CHARACTERS = 100;

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .regularExpressionFactory(InterruptiblePattern::new)
                    .build()));

    private final Schema schema;

    private RecordSchema(Schema schema) {
        this.schema = schema;
    }

    /** A schema that is none; the message says where and why. */
    static final class MalformedSchemaException extends Exception {

        MalformedSchemaException(String message) {
            super(message);
        }
    }

    static RecordSchema of(JsonNode node) throws MalformedSchemaException {
        try {
            String dialect = SpecificationVersion.fromSchemaNode(node)
                    .orElse(SpecificationVersion.DRAFT_2020_12)
                    .getDialectId();
            List<Error> errors = REGISTRY.getSchema(SchemaLocation.of(dialect)).validate(node);
            if (!errors.isEmpty()) {
                throw new MalformedSchemaException(errors.get(0).toString());
            }
            Schema schema = REGISTRY.getSchema(node);
            // Finds references that lead nowhere, and patterns that are none, now and not at the first record.
            schema.initializeValidators();
            return new RecordSchema(schema);
        } catch (SchemaException | PatternSyntaxException e) {
            throw new MalformedSchemaException(e.getMessage());
        }
    }

    /** @throws InvalidEventException if the value does not fit; names places and keywords, and quotes no value */
    void check(JsonNode value) throws InvalidEventException {
        List<Error> errors = schema.validate(value);
        if (!errors.isEmpty()) {
            throw new InvalidEventException(
                    errors.stream().limit(SHOWN).map(RecordSchema::problem).toList());
        }
    }

    private static FieldProblem problem(Error error) {
        String place = error.getInstanceLocation().toString();
        String rule = error.getSchemaLocation().getFragment().toString();
        return new FieldProblem(place.isEmpty() ? "$" : shown(place), "does not fit the schema's rule " + shown(rule));
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{C}", "?");
        return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "..." : line;
    }
}
