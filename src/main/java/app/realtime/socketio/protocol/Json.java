package app.realtime.socketio.protocol;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the bounds that hold for what comes from clients. */
final class Json {

    private static final int MAX_DEPTH = PacketDecoder.MAX_DEPTH;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode read(String text) throws ProtocolException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new ProtocolException(Violation.INVALID_JSON);
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new ProtocolException(isTooDeep(text) ? Violation.TOO_DEEP : Violation.TOO_LONG);
        } catch (JacksonException e) {
            throw new ProtocolException(Violation.INVALID_JSON);
        }
    }

    /** Whether it was the nesting that the parser refused; it does not say so itself. */
    private static boolean isTooDeep(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length() && depth <= MAX_DEPTH; at++) {
            char character = text.charAt(at);
            if (quoted && character == '\\') {
                at++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == '[' || character == '{')) {
                depth++;
            } else if (!quoted && (character == ']' || character == '}')) {
                depth--;
            }
        }
        return depth > MAX_DEPTH;
    }

    /** The text that JavaScript makes of a number, where both have it exactly: {@code 1.0} is {@code 1}. */
    static String numberText(JsonNode number) {
        double value = number.doubleValue();
        if (!number.isIntegralNumber() && value == Math.rint(value) && Math.abs(value) < 1e21) {
            return BigDecimal.valueOf(value)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        return number.asString();
    }

    /**
     * Half a surrogate pair, which Java and JavaScript take in a string and UTF-8 does not, is written as an escape, as
     * {@code JSON.stringify} does since ECMAScript 2019: raw it would not survive the way, or break it.
     */
    static String write(JsonNode node) {
        String json = MAPPER.writeValueAsString(node);
        int at = nextHalf(json, 0);
        if (at == json.length()) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        int from = 0;
        while (at < json.length()) {
            escaped.append(json, from, at).append("\\u").append(Integer.toHexString(json.charAt(at)));
            from = at + 1;
            at = nextHalf(json, from);
        }
        return escaped.append(json, from, json.length()).toString();
    }

    /** Where the next surrogate without its other half is; the length of the text if there is none. */
    private static int nextHalf(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (!Character.isSurrogate(unit)) {
                at++;
            } else if (at + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(at + 1))) {
                at += 2;
            } else {
                return at;
            }
        }
        return at;
    }
}
