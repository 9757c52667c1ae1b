package app.realtime.api;

import app.realtime.json.JsonReader;
import app.realtime.json.MalformedJsonException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request: one JSON object in at most 1 MB, whatever the peer says of its length. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonBodyReader implements MessageBodyReader<JsonNode> {

    static final int MAX_BYTES = 1024 * 1024;

    private final JsonReader reader = new JsonReader();

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonNode.class;
    }

    @Override
    public JsonNode readFrom(
            Class<JsonNode> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.ofStatus(415).exception();
        }
        if (announcesTooMuch(headers.getFirst(HttpHeaders.CONTENT_LENGTH))) {
            throw Problem.ofStatus(413).exception();
        }
        JsonNode json = parse(bytes(body));
        if (!json.isObject()) {
            throw malformed("a JSON object was expected");
        }
        return json;
    }

    private static boolean announcesTooMuch(String contentLength) {
        try {
            return contentLength != null && Long.parseLong(contentLength.trim()) > MAX_BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static byte[] bytes(InputStream body) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            // The caller went away or was too slow; that is no error of this service.
            throw malformed("it broke off");
        }
        if (bytes.length > MAX_BYTES) {
            throw Problem.ofStatus(413).exception();
        }
        if (bytes.length == 0) {
            throw malformed("it is empty, where a JSON object was expected");
        }
        return bytes;
    }

    private JsonNode parse(byte[] bytes) {
        try {
            return reader.read(bytes);
        } catch (MalformedJsonException e) {
            throw malformed(e.getMessage());
        }
    }

    private static RuntimeException malformed(String reason) {
        return new Problem(400, "malformed_json", "Malformed body: " + reason).exception();
    }
}
