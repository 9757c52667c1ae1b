package app.realtime.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes bytes out of a tree and puts them back: in text each stands as {@code {"_placeholder":true,"num":n}} (Socket.IO
 * protocol 5, "Binary event").
 */
final class Attachments {

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    private Attachments() {}

    static boolean hasBinary(JsonNode node) {
        if (node.isBinary()) {
            return true;
        }
        if (node.isContainer()) {
            for (JsonNode child : node) {
                if (hasBinary(child)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A copy with placeholders; the bytes are added to the list in the order of their numbers. */
    static JsonNode extract(JsonNode node, List<byte[]> attachments) {
        if (node instanceof BinaryNode binary) {
            attachments.add(binary.binaryValue());
            return JsonNodeFactory.instance.objectNode().put(PLACEHOLDER, true).put(NUMBER, attachments.size() - 1);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(child -> copy.add(extract(child, attachments)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                copy.set(field.getKey(), extract(field.getValue(), attachments));
            }
            return copy;
        }
        return node;
    }

    /** Replaces placeholders by bytes, in place where the tree allows. */
    static JsonNode restore(JsonNode node, List<byte[]> attachments) throws ProtocolException {
        if (isPlaceholder(node)) {
            JsonNode number = node.path(NUMBER);
            if (!number.canConvertToInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
                throw new ProtocolException(Violation.UNKNOWN_PLACEHOLDER);
            }
            return JsonNodeFactory.instance.binaryNode(attachments.get(number.intValue()));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, restore(array.get(i), attachments));
            }
        } else if (node instanceof ObjectNode object) {
            for (String name : new ArrayList<>(object.propertyNames())) {
                object.set(name, restore(object.get(name), attachments));
            }
        }
        return node;
    }

    private static boolean isPlaceholder(JsonNode node) {
        return node.isObject()
                && node.path(PLACEHOLDER).isBoolean()
                && node.path(PLACEHOLDER).booleanValue();
    }
}
