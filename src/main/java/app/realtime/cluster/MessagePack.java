package app.realtime.cluster;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees as MessagePack, the way the reference's encoder (notepack.io) writes them: the shortest form of an integer, every
 * other number as a double. Its {@code undefined}, an extension of type 0, is read as null. Stateless.
 */
final class MessagePack {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 100;

    private MessagePack() {}

    static byte[] write(JsonNode tree) {
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            write(tree, packer);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to", e);
        }
    }

    private static void write(JsonNode node, MessageBufferPacker packer) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                packer.packMapHeader(node.size());
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    packer.packString(field.getKey());
                    write(field.getValue(), packer);
                }
            }
            case ARRAY -> {
                packer.packArrayHeader(node.size());
                for (JsonNode item : node) {
                    write(item, packer);
                }
            }
            case BINARY -> {
                byte[] bytes = node.binaryValue();
                packer.packBinaryHeader(bytes.length).writePayload(bytes);
            }
            case STRING -> packer.packString(node.stringValue());
            case BOOLEAN -> packer.packBoolean(node.booleanValue());
            case NUMBER -> writeNumber(node, packer);
            default -> packer.packNil();
        }
    }

    private static void writeNumber(JsonNode number, MessageBufferPacker packer) throws IOException {
        if (number.isIntegralNumber() && number.bigIntegerValue().bitLength() < Long.SIZE) {
            packer.packLong(number.longValue());
        } else {
            packer.packDouble(number.decimalValue().doubleValue());
        }
    }

    static JsonNode read(byte[] bytes) throws MalformedMessageException {
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
            return read(unpacker, MAX_DEPTH);
        } catch (IOException | MessagePackException e) {
            throw new MalformedMessageException("not MessagePack", e);
        }
    }

    private static JsonNode read(MessageUnpacker unpacker, int depth) throws IOException, MalformedMessageException {
        if (depth == 0) {
            throw new MalformedMessageException("nested deeper than " + MAX_DEPTH);
        }
        switch (unpacker.getNextFormat().getValueType()) {
            case MAP -> {
                return readMap(unpacker, depth);
            }
            case ARRAY -> {
                int size = unpacker.unpackArrayHeader();
                ArrayNode array = JSON.arrayNode();
                for (int i = 0; i < size; i++) {
                    array.add(read(unpacker, depth - 1));
                }
                return array;
            }
            case STRING -> {
                return JSON.stringNode(unpacker.unpackString());
            }
            case BINARY -> {
                return JSON.binaryNode(unpacker.readPayload(unpacker.unpackBinaryHeader()));
            }
            case BOOLEAN -> {
                return JSON.booleanNode(unpacker.unpackBoolean());
            }
            case INTEGER -> {
                return integer(unpacker.unpackBigInteger());
            }
            case FLOAT -> {
                return number(unpacker.unpackDouble());
            }
            default -> {
                unpacker.skipValue();
                return JSON.nullNode();
            }
        }
    }

    private static JsonNode readMap(MessageUnpacker unpacker, int depth) throws IOException, MalformedMessageException {
        int size = unpacker.unpackMapHeader();
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < size; i++) {
            JsonNode key = read(unpacker, depth - 1);
            object.set(key.isString() ? key.stringValue() : key.toString(), read(unpacker, depth - 1));
        }
        return object;
    }

    /** In the narrowest node, as Jackson reads JSON. */
    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    /** JSON has no infinities, and {@code JSON.stringify} makes null of them. */
    private static JsonNode number(double value) {
        return Double.isFinite(value) ? JSON.numberNode(value) : JSON.nullNode();
    }
}
