package app.realtime.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that nobody vouches for: strict UTF-8, exactly one value, nested at most 64 deep, strings of at most 1 MB,
 * numbers of at most 100 characters. Of two members with one name the last wins, as in JavaScript. Numbers keep the
 * digits they came with. Escapes that stand for half a surrogate pair become U+FFFD, because they could not be sent on as
 * UTF-8. The caller bounds the number of bytes. Thread-safe.
 */
public final class JsonReader {

    static final int MAX_NESTING = 64;
    static final int MAX_STRING = 1024 * 1024;
    static final int MAX_NUMBER = 100;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    /** A backslash and what belongs to it: first a whole surrogate pair, then (group 1) half of one, then all else. */
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}|(u[dD][89a-fA-F]\\p{XDigit}{2})|.)",
            Pattern.DOTALL);

    /**
     * Reads one JSON value.
     *
     * @throws MalformedJsonException if the bytes are not one; the message begins with line and column where these are
     *     known
     */
    public JsonNode read(byte[] bytes) throws MalformedJsonException {
        CharBuffer decoded;
        try {
            // Decoded here, because Jackson would guess UTF-16 and UTF-32 from the bytes.
            decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("not valid UTF-8");
        }
        JsonNode node;
        try {
            node = READER.readTree(withoutHalfPairs(decoded.toString()));
        } catch (JacksonException e) {
            throw new MalformedJsonException(reason(e));
        } catch (NumberFormatException e) {
            // Jackson lets this one through, for exponents that no BigDecimal has.
            throw new MalformedJsonException("a number with an exponent out of range");
        }
        if (node.isMissingNode()) {
            throw new MalformedJsonException("empty, where a JSON value was expected");
        }
        return node;
    }

    private static String withoutHalfPairs(String text) {
        if (!text.contains("\\ud") && !text.contains("\\uD")) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(escape -> escape.group(1) == null ? Matcher.quoteReplacement(escape.group()) : "\\\\ufffd");
    }

    private static String reason(JacksonException e) {
        String what;
        if (e instanceof StreamConstraintsException) {
            what = "nested deeper than %d, a string over %d characters or a number over %d characters"
                    .formatted(MAX_NESTING, MAX_STRING, MAX_NUMBER);
        } else if (e instanceof UnexpectedEndOfInputException) {
            what = "the JSON ends too early";
        } else if (e instanceof MismatchedInputException) {
            what = "more text after the end of the JSON value";
        } else {
            what = "not valid JSON";
        }
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? what
                : "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), what);
    }
}
