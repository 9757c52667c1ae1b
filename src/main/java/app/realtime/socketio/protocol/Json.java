package app.realtime.socketio.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the bounds that hold for what comes from clients. */
final class Json {

    /** Deep enough for any honest event, and far from what would exhaust a thread's stack. */
    static final int MAX_DEPTH = 64;

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
                throw new ProtocolException("no JSON where some was expected");
            }
            return node;
        } catch (JacksonException e) {
            throw new ProtocolException("not JSON, or too deep");
        }
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
